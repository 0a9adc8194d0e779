import pulumi
import pulumi_cake as cake

# The postback URL of the partner's tracker. At each conversion, CAKE replaces the macros between hashes:
# #s2# is the partner's click ID, which the partner's links must carry as s2=…; #price# is the payout;
# #leadid# is CAKE's ID of the conversion, by which the partner recognizes a repeated call.
tracker = "https://track.acme-media.example/postback?cid=#s2#&payout=#price#&txid=#leadid#"

# One affiliate and two offers need two resources. The first argument is the name of the resource, which must
# never change. So name it after the partner and the offer, not after the URL.
summer = cake.AffiliatePostback(
    "acme-summer-sale",
    affiliate_id=67890,  # CAKE's ID of the partner
    offer_id=12345,  # CAKE's ID of the offer; 0 means all offers
    postback_url=tracker,  # sent to CAKE byte for byte
)

winter = cake.AffiliatePostback(
    "acme-winter-sale",
    affiliate_id=67890,
    offer_id=12346,
    postback_url=tracker,
    # The default. INACTIVE keeps the postback and stops the calls.
    postback_status=cake.PostbackStatus.ACTIVE,
)

# CAKE's IDs of the postbacks, to find them in CAKE: `pulumi stack output`.
pulumi.export("postbackIds", [summer.postback_id, winter.postback_id])
