import { createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type RequestListener, request, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { type AddressInfo, connect, type Socket } from "node:net";
import { onTestFinished } from "vitest";

/** A server on a loopback port, and what came to it. */
export interface Served {
  readonly port: number;
  readonly url: URL;
  readonly requests: IncomingMessage[];
  /** Connections that were opened, also those over which nothing came. */
  connections: number;
}

/** Serves until the test is over. */
export async function serve(answer: RequestListener): Promise<Served> {
  return listening(createServer(), "http", answer);
}

/** A server that hands each request on, and keeps its headers: an instance of the emulator as it is called. */
export function serveRelay(target: string): Promise<Served> {
  return serve((incoming, answer) => {
    const { method, headers, url = "" } = incoming;
    const to = { method, headers: { ...headers, host: new URL(target).host } };
    const onward = request(new URL(url, target), to, (response) => {
      answer.writeHead(response.statusCode ?? 502, response.headers);
      response.pipe(answer);
    });
    onward.on("error", () => answer.destroy());
    incoming.pipe(onward);
  });
}

export interface CertificateOptions {
  /** The host that it is made for. @default "127.0.0.1" */
  readonly name?: string;
  /** From which day until which it holds, counted from today. @default [-1, 1] */
  readonly days?: readonly [from: number, until: number];
  /** How its end is written, instead of a day. */
  readonly end?: string;
}

/** Serves over TLS with a certificate that nobody vouches for, unless its PEM text is trusted. */
export async function serveTls(
  answer: RequestListener,
  options: CertificateOptions = {},
): Promise<Served & { readonly cert: string }> {
  const certificate = selfSigned(options);
  const served = await listening(createTlsServer(certificate), "https", answer);
  return Object.assign(served, { cert: certificate.cert });
}

async function listening(server: Server, scheme: string, answer: RequestListener): Promise<Served> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const served: Served = {
    ...{ port, url: new URL(`${scheme}://127.0.0.1:${port}/`) },
    ...{ requests: [], connections: 0 },
  };
  server.on("connection", () => {
    served.connections += 1;
  });
  server.on("request", (request, response) => {
    served.requests.push(request);
    answer(request, response);
  });
  onTestFinished(() => closed(server));
  return served;
}

/** The same server under a name that only a proxy of these tests can resolve. */
export function far({ port }: Served): Pick<Served, "url"> {
  return { url: new URL(`http://cake.example:${port}/`) };
}

/** A port on which nobody listens. */
export async function deadPort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  await closed(server);
  return port;
}

export interface Proxy {
  readonly url: string;
  /** The hosts that it was asked to connect to. */
  readonly tunnels: string[];
  readonly credentials: (string | undefined)[];
}

/** A proxy that connects wherever it is asked to, or answers every CONNECT with `refusal` and closes. */
export async function serveProxy(refusal?: string): Promise<Proxy> {
  const server = createServer();
  const open = new Set<Socket>();
  const proxy: Omit<Proxy, "url"> = { tunnels: [], credentials: [] };
  server.on("connection", (socket) => open.add(socket));
  server.on("connect", (request: IncomingMessage, client: Socket) => {
    proxy.tunnels.push(request.url ?? "");
    proxy.credentials.push(request.headers["proxy-authorization"]);
    if (refusal !== undefined) {
      client.end(refusal);
      return;
    }
    const [name = "", port] = (request.url ?? "").split(":");
    const host = name.endsWith(".example") ? "127.0.0.1" : name;
    const target = connect(Number(port), host, () => {
      client.write("HTTP/1.1 200 Connection established\r\n\r\n");
      client.pipe(target).pipe(client);
    });
    open.add(target);
    for (const [one, other] of [
      [client, target],
      [target, client],
    ] as const) {
      one.on("error", () => other.destroy());
      one.on("close", () => other.destroy());
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(async () => {
    for (const socket of open) socket.destroy();
    await closed(server);
  });
  return { ...proxy, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

// ---- A certificate, made anew for each test so that no private key lies in the repository -------------------

function selfSigned({ name: host = "127.0.0.1", days = [-1, 1], end }: CertificateOptions): {
  key: string;
  cert: string;
} {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const ecdsaWithSha256 = sequence(Buffer.from("06082a8648ce3d040302", "hex"));
  const commonName = sequence(Buffer.from("0603550403", "hex"), der(0x0c, Buffer.from(host)));
  // Who trusts several certificates for one host finds them by their subjects.
  const unique = der(0x0c, Buffer.from(randomBytes(8).toString("hex")));
  const serialNumber = sequence(Buffer.from("0603550405", "hex"), unique);
  const name = sequence(der(0x31, commonName), der(0x31, serialNumber));
  const day = (offset: number) => {
    const date = new Date(Date.now() + offset * 86_400_000).toISOString();
    return der(0x17, Buffer.from(`${date.replace(/[-:T]/g, "").slice(2, 14)}Z`));
  };
  const serial = createHash("sha256").update(randomBytes(8)).digest().subarray(0, 8);
  const version3 = der(0xa0, Buffer.from("020102", "hex"));
  // Go believes no name but one in this extension.
  const isAddress = /^[\d.]+$/.test(host);
  const alternative = isAddress
    ? der(0x87, Buffer.from(host.split(".").map(Number)))
    : der(0x82, Buffer.from(host));
  const extension = sequence(Buffer.from("0603551d11", "hex"), der(0x04, sequence(alternative)));
  const body = sequence(
    version3,
    der(0x02, Buffer.concat([Buffer.from([1]), serial])),
    ecdsaWithSha256,
    name,
    sequence(day(days[0]), end === undefined ? day(days[1]) : der(0x17, Buffer.from(end))),
    name,
    publicKey.export({ type: "spki", format: "der" }),
    der(0xa3, sequence(extension)),
  );
  const signature = Buffer.concat([Buffer.from([0]), sign("sha256", body, privateKey)]);
  const certificate = sequence(body, ecdsaWithSha256, der(0x03, signature)).toString("base64");
  return {
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${certificate.match(/.{1,64}/g)?.join("\n")}\n-----END CERTIFICATE-----\n`,
  };
}

function sequence(...parts: Buffer[]): Buffer {
  return der(0x30, Buffer.concat(parts));
}

function der(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}
