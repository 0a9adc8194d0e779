import { Config, log, RunError } from "@pulumi/pulumi";
import { AffiliatePostback, trackers } from "pulumi-cake";

// Acme Media switches from tracker A to tracker B. Clicks through A may convert for weeks, and only A knows their
// click IDs (#s2#). So CAKE calls both for a while, and each tracker ignores the click IDs of the other.
const trackerA = trackers.voluum({ domain: "track.acme-media.example" });
const trackerB = trackers.redtrack({ domain: "acme.rdtk.example" });
const affiliateId = 67890;
const offerIds = [12345, 12346, 12347];

// Each stage has its own pull request and its own "pulumi up": pulumi config set stage <stage>
const STAGES = {
  before: "CAKE calls A only",
  // Start with one offer: pulumi up --target '**acme-12345-b'. When B has counted its first conversion, run
  // "pulumi up" for all offers. From then on, Acme's new links go through B.
  both: "CAKE calls A and B, while clicks through A may still convert",
  // Wait until A has had no conversion for as long as a click may convert.
  after: "A is inactive, and one setting makes it active again",
  inPlace: "the postbacks of A get the URL of B, which loses conversions",
};
const stage = new Config().get("stage") ?? "before";
if (!Object.hasOwn(STAGES, stage))
  throw new RunError(
    `stage must be one of ${Object.keys(STAGES).join(", ")}, found ${JSON.stringify(stage)}`,
  );

for (const offerId of offerIds) {
  new AffiliatePostback(`acme-${offerId}-a`, {
    affiliateId,
    offerId,
    postbackUrl: stage === "inPlace" ? trackerB : trackerA,
    postbackStatus: stage === "after" ? "inactive" : "active",
  });
  if (stage === "both" || stage === "after") {
    new AffiliatePostback(`acme-${offerId}-b`, { affiliateId, offerId, postbackUrl: trackerB });
  }
}

if (stage === "inPlace") {
  log.warn(
    "The stage inPlace loses conversions: B does not know the click IDs of clicks through A. " +
      "Use it only if no such click can convert any more.",
  );
}
