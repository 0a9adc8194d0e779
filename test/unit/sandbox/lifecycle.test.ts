import { connect } from "node:net";
import { expect, it } from "vitest";
import { startSandbox } from "../../../provider/sandbox";
import { clientOf, failure, idsOf, neverAnswered, oneInstance, rows, started } from "./support";

it("starts one empty instance named cake where nothing is said", async () => {
  const sandbox = await started();
  const cake = sandbox.instance();
  expect(sandbox.instances).toEqual([cake]);
  expect([cake.name, cake.postbacks()]).toEqual(["cake", []]);
  expect(cake.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(cake.url).toBe(`http://${cake.domain}`);
});

it("holds several instances, each with its own key, rows, faults and requests", async () => {
  const sandbox = await started({
    instances: { us: { apiKey: "u", postbacks: rows(2) }, eu: { apiKey: "e" } },
  });
  const [us, eu] = [sandbox.instance("us"), sandbox.instance("eu")];
  us.injectFault({ on: "list", fault: { kind: "status", status: 500 } });
  expect((await clientOf(eu).list()).status).toBe(200);
  expect((await clientOf(eu).list({ api_key: "u" })).json).toMatchObject({ message: "Invalid API Key" });
  await clientOf(eu).create();
  expect([us.postbacks().length, eu.postbacks().length]).toEqual([2, 1]);
  expect([us.requests.length, eu.requests.length]).toEqual([0, 3]);
});

it("names the instances that there are when asked for another", async () => {
  const sandbox = await started({ instances: { us: {}, eu: {} } });
  expect(() => sandbox.instance("uk")).toThrow(
    'The sandbox has no instance "uk". Nothing was changed. Use us or eu.',
  );
});

it("refuses a taken port, and leaves nothing running", async () => {
  const { us } = await oneInstance();
  const port = Number(new URL(us.url).port);
  const { us: other, sandbox } = await oneInstance();
  await sandbox.close();
  const freePort = Number(new URL(other.url).port);
  await expect(startSandbox({ instances: { one: { port: freePort }, two: { port } } })).rejects.toThrow(
    `Port ${port} is in use by another program.`,
  );
  await expect(fetch(other.url)).rejects.toThrow();
});

it("listens on the loopback address only", async () => {
  const { us } = await oneInstance();
  // Another address of the loopback network reaches every server that listens on all interfaces.
  const socket = connect(Number(new URL(us.url).port), "127.0.0.2");
  const outcome = await new Promise((resolve) => {
    socket.once("connect", () => resolve("connected")).once("error", () => resolve("refused"));
  });
  socket.destroy();
  expect(outcome).toBe("refused");
});

it("closes although requests hang, and destroys their connections", async () => {
  const { us, client, sandbox } = await oneInstance();
  us.injectFault({ on: "list", fault: { kind: "hang" } });
  const pause = us.pause("list", { when: "after" });
  const hung = failure(client.list());
  await pause.arrived;
  pause.release();
  await sandbox.close();
  expect(await hung).toMatch(/UND_ERR_SOCKET|ECONNRESET/);
});

it("can be closed twice, and by leaving a scope", async () => {
  const sandbox = await startSandbox();
  await sandbox[Symbol.asyncDispose]();
  await sandbox.close();
  await expect(fetch(sandbox.instance().url)).rejects.toThrow();
});

it("goes on after a caller went away in the middle", async () => {
  const { us, client } = await oneInstance({ postbacks: rows(1) });
  us.injectFault({ on: "list", fault: { kind: "hang" } });
  await neverAnswered(us, "list", (signal) => client.get("/api/2/affiliate_postbacks.json", {}, signal));
  expect(idsOf(await client.list())).toEqual([1]);
});
