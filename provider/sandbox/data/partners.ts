import type { SampleTracker } from "./trackers";

/** A partner of the sample network, and its offers. */
export interface SamplePartner {
  readonly affiliateId: number;
  readonly name: string;
  readonly tracker: SampleTracker;
  readonly host: string;
  /** 0 means all offers. */
  readonly offers: readonly number[];
}

export const networkOffers: readonly { readonly offerId: number; readonly name: string }[] = [
  { offerId: 310, name: "Aurora VPN, yearly plan" },
  { offerId: 314, name: "Aurora VPN, free trial" },
  { offerId: 322, name: "Lindgren Mattress" },
  { offerId: 327, name: "Brightloan personal credit, US" },
  { offerId: 328, name: "Brightloan personal credit, CA" },
  { offerId: 335, name: "Caldera Fitness app" },
  { offerId: 341, name: "Pawbox subscription" },
  { offerId: 346, name: "Solstice home solar, lead form" },
  { offerId: 352, name: "Vela language course" },
  { offerId: 358, name: "Kestrel car insurance quote" },
  { offerId: 363, name: "Norde skincare, first order" },
  { offerId: 369, name: "Tessera puzzle game, install" },
  { offerId: 374, name: "Harbor identity protection" },
  { offerId: 380, name: "Fennel meal kit" },
];

/** Names and hosts are invented. Nobody owns `.example`, so no sample ever fires a conversion. */
export const networkPartners: readonly SamplePartner[] = [
  partner(2004, "Northpeak Media", "voluum", "trk.northpeak.example", [310, 314, 322, 341, 363]),
  partner(2011, "Clickhaus", "redtrack", "go.clickhaus.example", [327, 328, 346]),
  partner(2017, "Lumen Performance", "tune", "lumen.go2cloud.example", [322, 341, 352, 380]),
  partner(2023, "Bluefin Traffic", "binom", "b.bluefintraffic.example", [310, 335, 369]),
  partner(2029, "Adlantis", "everflow", "www.adlantis-trk.example", [327, 346, 358, 374]),
  partner(2038, "Tidewater Digital", "keitaro", "k.tidewater.example", [314, 335, 369]),
  partner(2042, "Orchard Leads", "affise", "orchard.affise.example", [327, 328, 346, 358]),
  partner(2051, "Redwood Affiliates", "voluum", "t.redwoodaff.example", [322, 341, 363, 380]),
  partner(2056, "Push Foundry", "bemob", "pf31k.bemobtrcks.example", [314, 369]),
  partner(2064, "Cobalt Native", "redtrack", "rt.cobaltnative.example", [310, 335, 352]),
  partner(2073, "Marigold Publishing", "tune", "marigold.go2cloud.example", [0]),
  partner(2079, "Yonder Ads", "trackier", "yonder.vnative.example", [335, 352, 369]),
  partner(2085, "Quillon Search", "everflow", "www.quillon-clicks.example", [327, 328, 358, 374]),
  partner(2092, "Saltmarsh Media", "voluum", "trk.saltmarsh.example", [310, 322, 363, 380]),
  partner(2101, "Ferrous Network", "cake", "track.ferrousnet.example", [346, 358, 374]),
  partner(2107, "Gild & Grove", "scaleo", "gildgrove.scaletrk.example", [322, 341, 363]),
  partner(2116, "Pixel Orchard", "peerclick", "pstb.pixelorchard.example", [314, 335]),
  partner(2120, "Hallmark Email Partners", "linktrust", "tracking.hallmarkemail.example", [327, 346, 374]),
  partner(2134, "Driftwood Apps", "affise", "driftwood.affise.example", [335, 352, 369]),
  partner(2141, "Steller Traffic", "binom", "steller-trk.example", [310, 314, 374]),
  partner(2149, "Copperline", "redtrack", "go.copperline.example", [322, 341, 363, 380]),
  partner(2155, "Vantage Rewards", "tune", "vantage.go2cloud.example", [335, 352, 369, 380]),
  partner(2163, "Meridian Co-Reg", "everflow", "www.meridian-trk.example", [327, 328, 346, 358]),
  partner(2170, "Sundial Social", "voluum", "sd.sundialsocial.example", [310, 341, 352, 363]),
  partner(2178, "Peregrine Media Buying", "keitaro", "kt.peregrinebuy.example", [310, 314, 335, 369]),
  partner(2186, "Wicker & Sons", "linktrust", "px.wickersons.example", [346, 358]),
  partner(2193, "Opaline Beauty Club", "trackier", "opaline.vnative.example", [341, 363]),
  partner(2202, "Granite Finance Leads", "cake", "trk.granitefinance.example", [327, 328, 358, 374]),
  partner(2209, "Juniper Coupons", "tune", "juniper.go2cloud.example", [0]),
  partner(2217, "Hexbox Gaming", "affise", "hexbox.affise.example", [335, 369]),
  partner(2231, "Larkspur Content", "voluum", "v.larkspurcontent.example", [322, 352, 363, 380]),
  partner(2238, "Kitebridge", "redtrack", "rt.kitebridge.example", [310, 314, 346, 374]),
  partner(2244, "Mosaic Influencers", "everflow", "www.mosaic-inf.example", [341, 363, 380]),
  partner(2252, "Basalt Mobile", "binom", "bm.basaltmobile.example", [335, 369]),
  partner(2260, "Fjord Comparison", "scaleo", "fjord.scaletrk.example", [327, 328, 346, 358, 374]),
  partner(2271, "Tallgrass Mail", "peerclick", "pstb.tallgrassmail.example", [314, 322, 341]),
];

function partner(
  affiliateId: number,
  name: string,
  tracker: SampleTracker,
  host: string,
  offers: readonly number[],
): SamplePartner {
  return { affiliateId, name, tracker, host, offers };
}
