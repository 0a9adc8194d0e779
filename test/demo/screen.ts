import Table from "cli-table3";
import pc from "picocolors";
import type { RecordedRequest, SandboxInstance } from "../../provider/sandbox";

/** What the demo prints. Picocolors decides whether it has colors. */
export const screen = {
  title(text: string): void {
    console.log(`\n${pc.bold(text)}`);
  },

  step(number: number, command: string, meaning: string): void {
    console.log(`\n${pc.bold(pc.cyan(`${number}. ${command}`))}  ${meaning}`);
  },

  /** The lines of the engine, marked as such. It skips the CLI's progress dots. */
  engineLines(text: string): void {
    const lines = text.split("\n").filter((line) => line.trim() !== "" && !/^(@ .*|\.+)$/.test(line));
    for (const line of lines) console.log(pc.dim("   | ") + line.trimEnd());
  },

  calls(requests: readonly RecordedRequest[]): void {
    const kinds = new Map<string, number>();
    for (const { method, path } of requests)
      kinds.set(`${method} ${path}`, (kinds.get(`${method} ${path}`) ?? 0) + 1);
    const lines = [...kinds].map(([call, count]) => `${count} x ${call}`);
    console.log(pc.green(`   Calls to CAKE: ${lines.length === 0 ? "none" : lines.join(", ")}`));
  },

  records(heading: string, instance: SandboxInstance, affiliateId: number): void {
    const table = new Table({
      head: ["Postback", "Affiliate", "Offer", "Status", "URL"],
      style: { head: [], border: [] },
    });
    for (const row of instance.postbacks().filter((row) => row.affiliateId === affiliateId)) {
      table.push([row.postbackId, row.affiliateId, row.offerId, row.postbackStatus, row.postbackUrl]);
    }
    console.log(`   ${heading}`);
    console.log(table.toString().replace(/^/gm, "   "));
  },
};
