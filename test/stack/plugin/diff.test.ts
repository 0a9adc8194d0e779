import { expect, it } from "vitest";
import { once, twice } from "../support/steps";
import { withYaml } from "../support/world";
import { detailedDiffs, documentedBlocks, openYaml, postback, type Resources, URL } from "./support";

const NAMES = ["sub-id", "a.b", "a[0]", '"', "x\\", "", "ü😀", "constructor"];
const odd = (value: number) => NAMES.map((name) => `&${name}=${value}`).join("");
const secret = (url: string) => ({ "fn::secret": url });

const before: Resources = {
  plain: postback({ postbackUrl: `${URL}&old=1&same=1&tag=a&tag=b` }),
  odd: postback({ affiliateId: 2, postbackUrl: URL + odd(1) }),
  hidden: postback({ affiliateId: 3, postbackUrl: secret(`${URL}&token=one`) }),
  alone: postback({ affiliateId: 8, postbackUrl: secret(`${URL}&l0nely`) }),
  order: postback({ affiliateId: 4, postbackUrl: `${URL}&a=1&b=2` }),
  first: postback({ affiliateId: 5 }),
  second: postback({ affiliateId: 6, postbackUrl: `${URL}&other=\${first.postbackId}` }),
};
const after: Resources = {
  plain: postback({ postbackUrl: `${URL.replace("#s2#", "#s3#")}&same=1&tag=b&new=1` }),
  odd: postback({ affiliateId: 2, postbackUrl: URL + odd(2) }),
  hidden: postback({ affiliateId: 3, postbackUrl: secret(`${URL}&token=two`) }),
  alone: postback({ affiliateId: 8, postbackUrl: secret(`${URL}&0ther`) }),
  order: postback({ affiliateId: 4, postbackUrl: `${URL}&b=2&a=1`, postbackStatus: "inactive" }),
  first: postback({ affiliateId: 7, postbackTypeId: 2 }),
  second: before.second as Resources[string],
};

withYaml("a preview of the plugin", () => {
  it("names each parameter that a change or a drift adds, removes or changes, and nothing of a secret URL", async () => {
    await using world = await openYaml({ resources: before });
    const { stack, cake } = world;
    await stack.up();
    world.declare({ resources: after });
    expect(await detailedDiffs(world)).toEqual({
      plain: [
        "update postbackUrl",
        "update urlParts.query.cid",
        "add urlParts.query.new",
        "delete urlParts.query.old",
        "update urlParts.query.tag",
      ],
      odd: [
        "update postbackUrl",
        ...["constructor", "x\\"].map((name) => `update urlParts.query.${name}`),
        ...['""', '"\\""', '"a.b"', '"a[0]"', '"sub-id"', '"ü😀"'].map(
          (name) => `update urlParts.query[${name}]`,
        ),
      ],
      hidden: ["update postbackUrl", "update urlParts.query.token"],
      alone: ["update postbackUrl", "update urlParts.query"],
      order: ["update postbackStatus", "update postbackUrl"],
      first: ["update-replace affiliateId", "update-replace postbackTypeId"],
      second: ["update postbackUrl", "update urlParts"],
    });
    const { stdout } = (await once(world, () => stack.preview({ diff: true }))).result;
    const shown = documentedBlocks("text").filter((block) => block.startsWith(" "));
    expect(shown).toHaveLength(2);
    for (const block of shown) expect(stdout, "as the docs show it").toContain(block);
    for (const hidden of ["one", "two", "l0nely", "0ther"])
      expect(stdout).not.toMatch(new RegExp(`\\b${hidden}\\b`));

    await twice(world, () => stack.up());
    const ofPlain = cake.postbacks().find(({ affiliateId }) => affiliateId === 67890)?.postbackId ?? 0;
    cake.edit(ofPlain, { postbackUrl: `${URL}&same=1&tag=b&by=hand` });
    const drift = await once(world, () => stack.refresh({ diff: true }));
    expect(drift.result.stdout).toMatch(/\+ by *: "hand"\n/);
    expect(await detailedDiffs(world)).toEqual({
      plain: [
        "update postbackUrl",
        "delete urlParts.query.by",
        "update urlParts.query.cid",
        "add urlParts.query.new",
      ],
    });
  });
});
