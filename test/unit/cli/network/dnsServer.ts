import { createSocket } from "node:dgram";
import { once } from "node:events";
import { onTestFinished } from "vitest";

/** What the server says of a name: its addresses, the number of an error, or nothing at all. */
type Answer = readonly string[] | "NXDOMAIN" | "SERVFAIL" | "silence";

export interface DnsServer {
  /** As resolvers name it. */
  readonly address: string;
  /** `A t.partner.net`, in the order in which they were asked. */
  readonly questions: string[];
}

const ERRORS = { SERVFAIL: 2, NXDOMAIN: 3 };

/** A DNS server on a loopback port that knows these names and no other, until the test is over. */
export async function serveDns(zone: Readonly<Record<string, Answer>>): Promise<DnsServer> {
  const socket = createSocket("udp4");
  const questions: string[] = [];
  socket.on("message", (message, { port, address }) => {
    const { name, type, end } = questionIn(message);
    questions.push(`${type === 1 ? "A" : "AAAA"} ${name}`);
    const answer = zone[name] ?? "NXDOMAIN";
    if (answer === "silence") return;
    const code = typeof answer === "string" ? ERRORS[answer] : 0;
    const all = typeof answer === "string" ? [] : answer;
    const records = all.filter((one) => one.includes(":") === (type === 28)).map((one) => record(type, one));
    const header = Buffer.from(message.subarray(0, 12));
    header.writeUInt16BE(0x8180 | code, 2);
    header.writeUInt16BE(records.length, 6);
    header.writeUInt32BE(0, 8);
    socket.send(Buffer.concat([header, message.subarray(12, end), ...records]), port, address);
  });
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  onTestFinished(() => new Promise<void>((resolve) => socket.close(() => resolve())));
  return { address: `127.0.0.1:${socket.address().port}`, questions };
}

function questionIn(message: Buffer): { name: string; type: number; end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = message.readUInt8(at); length > 0; length = message.readUInt8(at)) {
    labels.push(message.toString("latin1", at + 1, at + 1 + length));
    at += length + 1;
  }
  return { name: labels.join(".").toLowerCase(), type: message.readUInt16BE(at + 1), end: at + 5 };
}

function record(type: number, address: string): Buffer {
  const data = Buffer.from(
    type === 1
      ? address.split(".").map(Number)
      : address
          .split(":")
          .flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255]),
  );
  const head = Buffer.from("c00c0000000100000000", "hex");
  head.writeUInt16BE(type, 2);
  return Buffer.concat([head, Buffer.from([0, data.length]), data]);
}
