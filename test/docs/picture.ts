/** Draws a terminal and a comment in Markdown as one SVG, for a document that also holds both as text. */

const FONT_SIZE = 13;
// Every letter of a monospaced font is about this wide, and `textLength` holds each run of text to it.
const LETTER = 0.6 * FONT_SIZE;
const LINE = 20;
const COLUMNS = 118;
const WIDTH = Math.ceil(COLUMNS * LETTER) + 64;
const [LEFT, TITLE, GAP] = [32, 34, 16];

interface Run {
  readonly text: string;
  readonly style: "plain" | "code" | "bold" | "heading" | "add" | "change" | "dim";
}

type Line = readonly Run[];

const FILLS: Readonly<Record<"dark" | "light", Record<Run["style"], string>>> = {
  dark: {
    plain: "#d1d9e0",
    code: "#d1d9e0",
    bold: "#ffffff",
    heading: "#ffffff",
    add: "#4ac26b",
    change: "#d4a72c",
    dim: "#9198a1",
  },
  light: {
    plain: "#1f2328",
    code: "#1f2328",
    bold: "#1f2328",
    heading: "#1f2328",
    add: "#1a7f37",
    change: "#9a6700",
    dim: "#59636e",
  },
};

export function picture(about: string, terminal: string, comment: string): string {
  const [above, below] = [terminalLines(terminal), commentLines(comment)];
  const [first, second] = [heightOf(above), heightOf(below)];
  const height = first + second + 3 * GAP;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img" font-family="Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="${FONT_SIZE}">`,
    `<title>${escaped(about)}</title>`,
    ...panel("dark", "Terminal", above, GAP),
    ...panel("light", "Comment on the pull request", below, first + 2 * GAP),
    "</svg>\n",
  ].join("\n");
}

function heightOf(lines: readonly Line[]): number {
  return TITLE + lines.length * LINE + GAP;
}

function panel(theme: "dark" | "light", title: string, lines: readonly Line[], top: number): string[] {
  const [ground, bar, edge] =
    theme === "dark" ? ["#0d1117", "#212830", "#3d444d"] : ["#ffffff", "#f6f8fa", "#d1d9e0"];
  const [width, height] = [WIDTH - 2 * GAP, heightOf(lines)];
  return [
    `<rect x="${GAP}" y="${top}" width="${width}" height="${height}" rx="6" fill="${ground}" stroke="${edge}"/>`,
    `<path d="M${GAP} ${top + 6 + TITLE - 10}v${-(TITLE - 10)}a6 6 0 0 1 6-6h${width - 12}a6 6 0 0 1 6 6v${TITLE - 10}z" fill="${bar}" stroke="${edge}"/>`,
    ...drawn([{ text: title, style: "dim" }], LEFT, top + 20, theme),
    ...lines.flatMap((line, index) => drawn(line, LEFT, top + TITLE + LINE * (index + 0.9), theme)),
  ];
}

function drawn(line: Line, left: number, base: number, theme: "dark" | "light"): string[] {
  let column = 0;
  return line.flatMap(({ text, style }) => {
    const x = left + column * LETTER;
    column += [...text].length;
    const width = [...text].length * LETTER;
    if (text.trim() === "") return [];
    const weight = style === "bold" || style === "heading" ? ' font-weight="700"' : "";
    return [
      ...(style === "code"
        ? [
            `<rect x="${(x - 2).toFixed(1)}" y="${(base - 14).toFixed(1)}" width="${(width + 4).toFixed(1)}" height="19" rx="4" fill="#eff1f3"/>`,
          ]
        : []),
      `<text x="${x.toFixed(1)}" y="${base.toFixed(1)}" fill="${FILLS[theme][style]}"${weight} textLength="${width.toFixed(1)}" lengthAdjust="spacingAndGlyphs" xml:space="preserve">${escaped(text)}</text>`,
    ];
  });
}

function terminalLines(text: string): Line[] {
  return text.split("\n").flatMap((line) => {
    const style = /^\s*~/.test(line)
      ? "change"
      : /^\s*\+/.test(line)
        ? "add"
        : line.startsWith("$")
          ? "bold"
          : "plain";
    return wrapped([{ text: line, style }], (/^\s*/.exec(line)?.[0].length ?? 0) + 6);
  });
}

function commentLines(markdown: string): Line[] {
  return markdown
    .trimEnd()
    .replace(/^(#.*\n)\n/gm, "$1")
    .split("\n")
    .flatMap((line) => {
      const [, hashes, heading] = /^(#+) (.*)$/.exec(line) ?? [];
      if (hashes !== undefined) return wrapped([{ text: unescaped(heading ?? ""), style: "heading" }], 0);
      const [, indent, item] = /^(\s*)- (.*)$/.exec(line) ?? [];
      if (indent === undefined) return wrapped(runsOf(line), 0);
      const mark = `${indent}${indent}• `;
      return wrapped([{ text: mark, style: "plain" }, ...runsOf(item ?? "")], mark.length);
    });
}

function runsOf(markdown: string): Run[] {
  return [
    ...markdown.matchAll(
      /(?<fence>`+) (?<code>.*?) \k<fence>|\*\*(?<bold>.*?)\*\*|(?<plain>(?:\\.|[^`*])+)/g,
    ),
  ].map(({ groups: { code, bold, plain } = {} }) =>
    code !== undefined
      ? { text: code, style: "code" }
      : bold !== undefined
        ? { text: unescaped(bold), style: "bold" }
        : { text: unescaped(plain ?? ""), style: "plain" },
  );
}

function unescaped(markdown: string): string {
  return markdown.replace(/\\([^\w\s])/g, "$1").replaceAll("&amp;", "&");
}

/** The line in as many as it needs; all but the first begin after `indent` blanks. */
function wrapped(line: Line, indent: number): Line[] {
  const lines: Run[][] = [[]];
  let column = 0;
  for (const { text, style } of line) {
    for (const word of style === "code" ? [text] : text.split(/(?<= )(?=\S)/)) {
      let rest = word;
      if (column + [...rest.trimEnd()].length > COLUMNS && column > indent) {
        lines.push([{ text: " ".repeat(indent), style: "plain" }]);
        column = indent;
        rest = rest.trimStart();
      }
      lines.at(-1)?.push({ text: rest, style });
      column += [...rest].length;
    }
  }
  return lines.map(joined);
}

/** Neighbours of one style as one run. */
function joined(line: readonly Run[]): Run[] {
  const runs: Run[] = [];
  for (const run of line) {
    const last = runs.at(-1);
    if (last && last.style === run.style && run.style !== "code")
      runs[runs.length - 1] = { text: last.text + run.text, style: run.style };
    else runs.push(run);
  }
  return runs;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
