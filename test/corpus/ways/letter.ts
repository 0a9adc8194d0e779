import { TRACKERS } from "../../../provider/postback/trackers";
import { type CutUrl, replaced, type Stretch } from "../cut";
import type { Way } from "../way";

const letterWay = (name: string, part: (good: CutUrl) => readonly Stretch[]): Way => ({
  name: `drop a letter of ${name}`,
  broken: (good) => part(good).flatMap((one) => withoutLetter(good, one)),
});

/** A letter is lost that belongs to no macro. At most, a tracker's own host or path shows what it should be. */
export const letterWays: readonly Way[] = [
  letterWay("the name of the click ID, at a known tracker", (good) =>
    isAtTracker(good) ? clickIdName(good) : [],
  ),
  { ...letterWay("the host", plainHost), unseen: "every host may be a partner's" },
  { ...letterWay("the path", ({ path }) => [path]), unseen: "every path may be a partner's" },
  {
    ...letterWay("another name", (good) => otherNames(good)),
    unseen: "every name may be a partner's",
  },
];

const OWN_HOSTS = Object.values(TRACKERS).flatMap(({ hosts }) => hosts);

/** The paths that no other tracker has. */
const OWN_PATH =
  /^\/(?:aff_lsr|aff_goal|acquisition|p\.ashx|track\/conv|cf\/cv|pixel\.track|[0-9a-f]{7}\/postback)$/;

// Which of the other names in Punycode are possible differs between versions of Node.
function plainHost({ host }: CutUrl): Stretch[] {
  return host.text.includes("xn--") ? [] : [host];
}

function isAtTracker({ host, path }: CutUrl): boolean {
  return OWN_HOSTS.some((own) => host.text.endsWith(`.${own}`)) || OWN_PATH.test(path.text);
}

function clickIdName({ clickId }: CutUrl): Stretch[] {
  return clickId === undefined ? [] : [nameOf(clickId)];
}

function otherNames(good: CutUrl): Stretch[] {
  return good.parameters.filter((one) => one !== good.clickId || !isAtTracker(good)).map(nameOf);
}

function nameOf({ start, name }: { readonly start: number; readonly name: string }): Stretch {
  return { start, end: start + name.length, text: name };
}

function withoutLetter(good: CutUrl, { start, text }: Stretch): string[] {
  return [...text].flatMap((letter, at) =>
    /[a-z]/i.test(letter) ? [replaced(good, { start: start + at, end: start + at + 1 }, "")] : [],
  );
}
