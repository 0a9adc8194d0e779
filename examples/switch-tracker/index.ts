import { Config, log, RunError } from "@pulumi/pulumi";
import { AffiliatePostback, trackers } from "pulumi-cake";

// Acme Media moves from tracker A to tracker B. Clicks that were made through A convert for weeks to come, and
// only A knows their click ids (#s2#). So both are called for a while; each ignores the click ids of the other.
const trackerA = trackers.voluum({ domain: "track.acme-media.example" });
const trackerB = trackers.redtrack({ domain: "acme.rdtk.example" });
const affiliateId = 67890;
const offerIds = [12345, 12346, 12347];

// Each stage is a pull request and an "up" of its own: pulumi config set stage <stage>
const STAGES = {
  before: "only A is called",
  // First for one offer: pulumi up --target '**acme-12345-b'. When B has counted its first conversion, for all:
  // pulumi up. From then on Acme's new links go through B.
  both: "B is called beside A, while clicks of A are still converting",
  // When A has had no conversion for as long as the offer's clicks may convert.
  after: "A is inactive; its record stays in CAKE, so that the way back is one setting",
  inPlace: "the shortcut: A's records get B's URL, at a price",
};
const stage = new Config().get("stage") ?? "before";
if (!Object.hasOwn(STAGES, stage)) throw new RunError(`stage must be ${Object.keys(STAGES).join(", ")}`);

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
    "In place costs conversions: B does not know the click ids of the clicks made through A, so Acme loses every " +
      "conversion of theirs that is still to come. It is right only where no such click is left.",
  );
}
