import { LIFE, type Typical, typical, typicalWork, valuesOf, type Work } from "./medians";
import { keyOf, type OperationName, PEERS, type Peer, type Results } from "./results";
import type { StartCost } from "./starting";
import { text, type Verdict, verdictsOf } from "./verdicts";

export const NAMES: Readonly<Record<Peer, string>> = {
  ours: "pulumi-cake",
  plugin: "its plugin",
  floor: "empty provider",
  tutorial: "tutorial",
};

/** Everything that the docs say of speed, in Markdown, by the name that its markers carry. */
export function reportParts(results: Results): Record<string, string> {
  return {
    benchMachine: machine(results),
    benchPeers: peers(results),
    benchProgram: program(results),
    benchDoors: doors(results),
    benchWhichDoor: whichDoor(results),
    benchAdopt: adoption(results),
    benchEngine: checkpoints(results),
    benchParallel: parallel(results),
    benchInstance: instance(results),
    benchLoading: loading(results),
    benchVerdicts: verdicts(results),
  };
}

function machine({ engine, node, machine: of, samples, day }: Results): string {
  const days = [...new Set([...samples.map((sample) => sample.day), day])].sort();
  return `Measured on ${days.join(" and ")} with ${engine}, @pulumi/pulumi ${SDK}, Node ${node}, ${of}. The state is in a local file. Commands skip their preview.`;
}

const SDK: string = require("@pulumi/pulumi/package.json").version;

/** A table for each size and latency: what each operation takes with each provider. */
function peers({ samples }: Results): string {
  const told = samples.filter(({ operation, others, checkpoints: all, parallel: most, size }) => {
    return LIFE.includes(operation) && others === 0 && !all && most === 0 && isRound(size);
  });
  return valuesOf(told, "size")
    .flatMap((size) =>
      valuesOf(told, "latencyMs").map((latencyMs) => {
        const of = (peer: Peer, operation: OperationName) =>
          typical(samples, { peer, operation, size, latencyMs: peer === "floor" ? 0 : latencyMs });
        const measured = PEERS.filter((peer) => of(peer, "up") !== undefined);
        const rows = LIFE.map((operation) => {
          const all = measured.map((peer) => of(peer, operation));
          return [
            operation,
            ...all.map(seconds),
            inOneCell(all, "", ({ calls }) => text(calls)),
            inOneCell(all, " s", ({ cpuSeconds }) => cpuSeconds.toFixed(1)),
            inOneCell(all, " MB", ({ hostMegabytes }) => hostMegabytes.toFixed(0)),
            inOneCell(all, " kB", ({ stateBytes }) => text(Math.round(stateBytes / 1_000))),
          ];
        });
        const titles = [
          "",
          ...measured.map((peer) => NAMES[peer]),
          "calls",
          "CPU",
          "provider process, peak",
          "state",
        ];
        return `**${text(size)} postbacks, ${latencyMs} ms for each call** (${runsOf(samples, size, latencyMs)})\n\n${table(titles, rows)}`;
      }),
    )
    .join("\n\n");
}

/** How often each peer was measured. */
function runsOf(samples: Results["samples"], size: number, latencyMs: number): string {
  const counts = PEERS.flatMap((peer) => {
    const one = typical(samples, {
      ...{ peer, operation: "up", size },
      latencyMs: peer === "floor" ? 0 : latencyMs,
    });
    return one === undefined ? [] : [{ peer, runs: one.runs }];
  });
  const [first] = counts;
  if (first && counts.every(({ runs }) => runs === first.runs)) return medianOf(first.runs);
  return counts.map(({ peer, runs }) => `${NAMES[peer]}: ${medianOf(runs)}`).join("; ");
}

/** What the program's own process takes of a preview, with this package and with the empty provider. */
function program({ samples }: Results): string {
  const size = 1_000;
  const [ours, floor] = (["ours", "floor"] as const).map((peer) =>
    typical(samples, { peer, operation: "first preview", size }),
  );
  if (ours === undefined || floor === undefined) return "";
  const of = ({ cpuSeconds, programCpuSeconds }: Typical) =>
    `${programCpuSeconds.toFixed(1)} s of ${cpuSeconds.toFixed(1)} s`;
  return `Processor time of the program in a first preview of ${text(size)}: ${of(ours)} with pulumi-cake, ${of(floor)} with the empty provider.`;
}

const DOORS_SIZE = 1_000;

const cpu = ({ cpuSeconds }: Work) => `${cpuSeconds.toFixed(1)} s`;
const peak = ({ hostMegabytes }: Work) => `${hostMegabytes.toFixed(0)} MB`;
const state = ({ stateBytes }: Work) => `${text(Math.round(stateBytes / 1_000))} kB`;
const startCpu = ({ cpuSeconds }: StartCost) => `${cpuSeconds.toFixed(2)} s`;
const startMemory = ({ megabytes }: StartCost) => `${megabytes.toFixed(0)} MB`;

/** A figure of the dynamic resource, and the same one of the plugin. */
type ByDoor = readonly [string, string];

function byDoor({ samples }: Results, operation: OperationName, show: (one: Work) => string): ByDoor {
  const of = (peer: Peer) => {
    const one = typicalWork(samples, { peer, operation, size: DOORS_SIZE });
    return one ? show(one) : "–";
  };
  return [of("ours"), of("plugin")];
}

function startByDoor({ starts }: Results, show: (one: StartCost) => string): ByDoor {
  return starts ? [show(starts.dynamic), show(starts.plugin)] : ["–", "–"];
}

/** What both doors take. Nothing of it depends much on what else the machine does. */
function doors(results: Results): string {
  const rows = [
    ...LIFE.map((operation) => [`${operation}: processor time`, ...byDoor(results, operation, cpu)]),
    ["up: peak of the provider process", ...byDoor(results, "up", peak)],
    ["refresh: peak of the provider process", ...byDoor(results, "refresh", peak)],
    ["state after the up", ...byDoor(results, "up", state)],
    ["start of the provider: processor time", ...startByDoor(results, startCpu)],
    ["start of the provider: memory", ...startByDoor(results, startMemory)],
  ];
  const up = typicalWork(results.samples, { peer: "plugin", operation: "up", size: DOORS_SIZE });
  const titles = [`${text(DOORS_SIZE)} postbacks, 0 ms for each call`, "dynamic resource", "plugin"];
  return `${table(titles, rows)}\n\nThe operations: ${medianOf(up?.runs ?? 0)}.`;
}

/** The same in short, for the page that compares the doors. */
function whichDoor(results: Results): string {
  const beside = ([dynamic, plugin]: ByDoor) => `${plugin} instead of ${dynamic}`;
  const work = (operation: OperationName) => beside(byDoor(results, operation, cpu));
  return [
    `With the plugin, the state of ${text(DOORS_SIZE)} postbacks takes ${beside(byDoor(results, "up", state))}.`,
    `The provider process takes up to ${beside(byDoor(results, "up", peak))} in an \`up\`.`,
    `A refresh takes ${work("refresh")} of processor time, a destroy ${work("destroy")}.`,
    `The provider takes ${beside(startByDoor(results, startCpu))} of processor time to start.`,
  ].join(" ");
}

// 250 and 500 are measured for the engine's sake, 200 for the instance's.
const isRound = (size: number): boolean => /^10*$/.test(String(size));

function adoption({ samples }: Results): string {
  const told = samples.filter(({ operation }) => operation === "adopt");
  const rows = valuesOf(told, "size").flatMap((size) =>
    valuesOf(told, "latencyMs").flatMap((latencyMs) => {
      const of = (operation: OperationName) => typical(samples, { peer: "ours", operation, size, latencyMs });
      const [adopt, taken] = [of("adopt"), of("import")];
      if (adopt === undefined) return [];
      return [
        [
          text(size),
          `${latencyMs} ms`,
          seconds(adopt),
          text(adopt.calls),
          `${adopt.hostMegabytes} MB`,
          seconds(taken),
          String(taken?.calls ?? "–"),
        ],
      ];
    }),
  );
  const titles = ["Postbacks", "Latency", "`pulumi-cake adopt`", "calls", "peak", "`pulumi import`", "calls"];
  return `${table(titles, rows)}\n\n${oneRunEach(told)}`;
}

function checkpoints({ samples }: Results): string {
  const rows = valuesOf(
    samples.filter((sample) => sample.checkpoints),
    "size",
  ).map((size) => {
    const of = (peer: Peer, operation: OperationName, all: boolean) =>
      seconds(typical(samples, { peer, operation, size, checkpoints: all }));
    return [
      text(size),
      ...[of("ours", "up", true), of("floor", "up", true), of("ours", "up", false)],
      ...[of("ours", "destroy", true), of("ours", "destroy", false), of("ours", "no-change up", true)],
    ];
  });
  const titles = [
    "Postbacks",
    "up",
    "up, empty provider",
    "up, skipping",
    "destroy",
    "destroy, skipping",
    "no-change up",
  ];
  return [
    table(titles, rows),
    oneRunEach(samples.filter((sample) => sample.checkpoints)),
    split(samples),
  ].join("\n\n");
}

/** What it is worth to cut one stack into four. */
function split(samples: Results["samples"]): string {
  const up = (size: number) => typical(samples, { peer: "ours", operation: "up", size, checkpoints: true });
  const [whole, part] = [up(1_000), up(250)];
  if (whole === undefined || part === undefined) return "";
  return `So the \`up\` that creates ${text(1_000)} postbacks takes ${whole.seconds.toFixed(0)} s in one stack, and ${(4 * part.seconds).toFixed(0)} s in four stacks of ${text(250)}, one after the other.`;
}

function parallel({ samples }: Results): string {
  const told = samples.filter(({ parallel: most }) => most > 0);
  const [size = 0] = valuesOf(told, "size");
  const [latencyMs = 0] = valuesOf(told, "latencyMs");
  const rows = valuesOf(told, "parallel").map((most) => {
    const of = (operation: OperationName) =>
      typical(samples, { peer: "ours", operation, size, latencyMs, parallel: most });
    const peak = of("up")?.hostMegabytes ?? 0;
    return [String(most), seconds(of("up")), seconds(of("refresh")), seconds(of("destroy")), `${peak} MB`];
  });
  const titles = ["`--parallel` and `cake:concurrency`", "up", "refresh", "destroy", "peak of the host"];
  return `${text(size)} postbacks, ${latencyMs} ms for each call:\n\n${table(titles, rows)}\n\n${oneRunEach(told)}`;
}

function instance({ samples }: Results): string {
  const told = samples.filter(({ size }) => size === 200);
  const rows = valuesOf(told, "others").map((others) => {
    const of = (operation: OperationName) => typical(samples, { peer: "ours", operation, size: 200, others });
    const cells = [of("up"), of("one change"), of("refresh")].flatMap((one) => [
      one ? text(one.calls) : "–",
      seconds(one),
    ]);
    return [
      text(others + 200),
      ...cells,
      `${of("first preview")?.hostMegabytes} MB`,
      `${of("up")?.hostMegabytes} MB`,
    ];
  });
  const titles = [
    "Postbacks in CAKE",
    ...["up: calls", "time", "one change: calls", "time", "refresh: calls", "time"],
    ...["provider process in a preview", "in the up"],
  ];
  return `${table(titles, rows)}\n\n${oneRunEach(told)}`;
}

function loading({ loading: costs, starts, review, lint = [], rules }: Results): string {
  const rows = costs.map(({ what, medianMs, limitMs }) => [
    what,
    `${medianMs.toFixed(0)} ms`,
    `${limitMs} ms`,
  ]);
  if (starts !== undefined) {
    const { dynamic, plugin } = starts;
    const of = ({ cpuSeconds, megabytes }: StartCost) =>
      `${cpuSeconds.toFixed(2)} s, ${megabytes.toFixed(0)} MB`;
    rows.push(
      [
        "Pulumi's dynamic provider, from its start to the first checked postback: processor time",
        of(dynamic),
        "–",
      ],
      ["The plugin, the same", of(plugin), of(dynamic)],
    );
  }
  if (review !== undefined)
    rows.push([
      `\`pulumi-cake review\` of ${text(review.changes)} changes`,
      `${review.medianSeconds.toFixed(1)} s, ${review.peakMegabytes.toFixed(0)} MB`,
      `${review.limitSeconds} s, ${review.limitMegabytes} MB`,
    ]);
  for (const { source, urls, medianSeconds, limitSeconds, peakMegabytes, limitMegabytes } of lint)
    rows.push([
      `\`pulumi-cake lint\` of ${text(urls)} URLs in ${source}`,
      `${medianSeconds.toFixed(1)} s, ${peakMegabytes.toFixed(0)} MB`,
      `${limitSeconds} s, ${limitMegabytes} MB`,
    ]);
  if (rules !== undefined)
    rows.push(
      ["The rules about one URL, for a usual URL", `${rules.microsecondsPerUrl.toFixed(0)} µs`, "–"],
      [
        "The same, for a URL of a megabyte",
        `${rules.secondsPerMegabyte.toFixed(2)} s`,
        `${rules.limitSecondsPerMegabyte} s`,
      ],
    );
  return table(["What", "Median", "Limit"], rows);
}

function verdicts(results: Results): string {
  const rows = verdictsOf(results).map(({ what, limit, measured, unit }) => [
    what,
    shown(limit, unit),
    shown(measured, unit),
    measured <= limit ? "kept" : "**missed**",
  ]);
  return table(["Promise", "At most", "Measured", ""], rows);
}

function shown(value: number, unit: Verdict["unit"]): string {
  const digits = { "": 0, " MB": 0, " kB": 0, " s": 2, " ×": 3 }[unit];
  return `${digits === 0 ? text(Math.round(value)) : value.toFixed(digits)}${unit}`;
}

function seconds(one: Typical | undefined): string {
  if (one === undefined) return "–";
  return `${one.seconds < 100 ? one.seconds.toFixed(1) : one.seconds.toFixed(0)} s`;
}

function inOneCell(
  all: readonly (Typical | undefined)[],
  unit: string,
  measure: (one: Typical) => string,
): string {
  return `${all.map((one) => (one ? measure(one) : "–")).join(" / ")}${unit}`;
}

function medianOf(runs: number): string {
  return runs === 1 ? "one run" : `medians of ${runs} runs`;
}

/** Says so where nothing was measured more than once. */
function oneRunEach(told: Results["samples"]): string {
  const keys = told.map(keyOf);
  return new Set(keys).size === keys.length ? "Each measured once." : "Medians.";
}

function table(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [
    line(titles),
    line(titles.map((_, index) => (index === 0 ? "---" : "---:"))),
    ...rows.map(line),
  ].join("\n");
}
