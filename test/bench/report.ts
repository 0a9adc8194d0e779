import { LIFE, type Typical, typical, valuesOf } from "./medians";
import { type OperationName, PEERS, type Peer, type Results } from "./results";
import { text, type Verdict, verdictsOf } from "./verdicts";

const NAMES: Readonly<Record<Peer, string>> = {
  ours: "pulumi-cake",
  floor: "empty provider",
  tutorial: "tutorial",
};

/** Everything that the docs say of speed, in Markdown, by the name that its markers carry. */
export function reportParts(results: Results): Record<string, string> {
  return {
    benchMachine: machine(results),
    benchPeers: peers(results),
    benchAdopt: adoption(results),
    benchEngine: checkpoints(results),
    benchParallel: parallel(results),
    benchInstance: instance(results),
    benchLoading: loading(results),
    benchVerdicts: verdicts(results),
  };
}

function machine({ engine, node, machine: of, day }: Results): string {
  return `Measured on ${day} with ${engine}, Node ${node}, ${of}, state in a local file.`;
}

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
        const rows = LIFE.map((operation) => {
          const [ours, floor, tutorial] = [
            of("ours", operation),
            of("floor", operation),
            of("tutorial", operation),
          ];
          return [
            operation,
            ...[ours, floor, tutorial].map(seconds),
            ...[ours, tutorial].map((one) => (one ? text(one.calls) : "–")),
            cpu(ours),
            ours && ours.hostMegabytes > 0 ? `${ours.hostMegabytes} MB` : "–",
            ours ? bytes(ours.stateBytes) : "–",
          ];
        });
        const runs = Math.max(0, ...LIFE.map((operation) => of("ours", operation)?.runs ?? 0));
        const titles = [
          "",
          ...PEERS.map((peer) => NAMES[peer]),
          ...["calls", "calls, tutorial", "CPU (program)", "peak of the host", "state"],
        ];
        return `**${text(size)} postbacks, ${latencyMs} ms for each call** (${medianOf(runs)})\n\n${table(titles, rows)}`;
      }),
    )
    .join("\n\n");
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
          seconds(taken),
          String(taken?.calls ?? "–"),
        ],
      ];
    }),
  );
  return table(["Postbacks", "Latency", "`pulumi-cake adopt`", "calls", "`pulumi import`", "calls"], rows);
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
  return table(titles, rows);
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
  return `${text(size)} postbacks, ${latencyMs} ms for each call:\n\n${table(titles, rows)}`;
}

function instance({ samples }: Results): string {
  const told = samples.filter(({ size }) => size === 200);
  const rows = valuesOf(told, "others").map((others) => {
    const of = (operation: OperationName) => typical(samples, { peer: "ours", operation, size: 200, others });
    const [refresh, change] = [of("refresh"), of("one change")];
    const cells = [refresh, change].flatMap((one) => [one ? text(one.calls) : "–", seconds(one)]);
    return [text(others + 200), ...cells, `${refresh?.hostMegabytes ?? 0} MB`];
  });
  const titles = [
    "Postbacks in CAKE",
    "refresh: calls",
    "time",
    "one change: calls",
    "time",
    "peak of the host",
  ];
  return table(titles, rows);
}

function loading({ loading: costs, review }: Results): string {
  const rows = costs.map(({ what, medianMs, limitMs }) => [
    what,
    `${medianMs.toFixed(0)} ms`,
    `${limitMs} ms`,
  ]);
  if (review !== undefined)
    rows.push([
      `\`pulumi-cake review\` of ${text(review.changes)} changes`,
      `${review.medianSeconds.toFixed(1)} s, ${review.peakMegabytes.toFixed(0)} MB`,
      `${review.limitSeconds} s, ${review.limitMegabytes} MB`,
    ]);
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
  return `${unit === "" || unit === " MB" ? text(Math.round(value)) : value.toFixed(2)}${unit}`;
}

function seconds(one: Typical | undefined): string {
  if (one === undefined) return "–";
  return `${one.seconds < 100 ? one.seconds.toFixed(1) : one.seconds.toFixed(0)} s`;
}

function cpu(one: Typical | undefined): string {
  if (one === undefined || one.cpuSeconds === 0) return "–";
  return `${one.cpuSeconds.toFixed(1)} s (${one.programCpuSeconds.toFixed(1)} s)`;
}

function bytes(count: number): string {
  return count < 100_000 ? `${(count / 1_000).toFixed(1)} kB` : `${(count / 1_000_000).toFixed(2)} MB`;
}

function medianOf(runs: number): string {
  return runs === 1 ? "one run" : `medians of ${runs} runs`;
}

function table(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [
    line(titles),
    line(titles.map((_, index) => (index === 0 ? "---" : "---:"))),
    ...rows.map(line),
  ].join("\n");
}
