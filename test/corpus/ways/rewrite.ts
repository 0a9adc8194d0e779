import { allReplaced, type CutUrl, type Stretch } from "../cut";
import type { Way } from "../way";

const signs = (good: CutUrl, sign: string): Stretch[] => good.separators.filter(({ text }) => text === sign);

/** Every sign of the URL replaced, wherever it stands; nothing if the URL has none. */
const rewritten = (name: string, rewrite: (url: string) => string): Way => ({
  name,
  broken: ({ url }) => [rewrite(url)].filter((text) => text !== url),
});

/** A program rewrote the URL on its way: a mail program, a shell, a table, a page. */
export const rewriteWays: readonly Way[] = [
  rewritten("escape the slashes for JSON", (url) => url.replaceAll("/", "\\/")),
  rewritten("escape the ampersands for JSON", (url) => url.replaceAll("&", "\\u0026")),
  rewritten("escape the hashes for JSON", (url) => url.replaceAll("#", "\\u0023")),
  rewritten("escape the underscores of names for Markdown", (url) => url.replace(/(?<=[?&]\w*)_/g, "\\_")),
  rewritten("escape the signs for a shell", (url) => url.replace(/[?&#]/g, "\\$&")),
  rewritten("escape the ampersands for a Windows shell", (url) => url.replaceAll("&", "^&")),
  {
    name: "encode the equals signs as quoted-printable",
    broken: (good) =>
      signs(good, "=").length === 0 ? [] : [allReplaced(good, signs(good, "="), () => "=3D")],
  },
  rewritten(
    "let Safe Links rewrite it",
    (url) =>
      `https://eur01.safelinks.protection.outlook.com/?url=${encodeURIComponent(url)}&data=05%7C02&reserved=0`,
  ),
  rewritten("let Google redirect it", (url) => `https://www.google.com/url?q=${url}&sa=D&source=docs`),
  rewritten(
    "let Google redirect it, encoded",
    (url) => `https://www.google.com/url?q=${encodeURIComponent(url)}&sa=D`,
  ),
  rewritten("let Proofpoint rewrite it", (url) => {
    const text = encodeURIComponent(url).replaceAll("-", "-2D").replaceAll("%", "-").replaceAll("-2F", "_");
    return `https://urldefense.proofpoint.com/v2/url?u=${text}&d=DwMFaQ&c=x1y2`;
  }),
  rewritten("make a formula of it", (url) => `=HYPERLINK("${url}")`),
  rewritten("make a link of Markdown of it", (url) => `[${url}](${url})`),
  rewritten("make a link of Slack of it", (url) => `<${url}|postback>`),
];
