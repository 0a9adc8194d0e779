import { expect, it, vi } from "vitest";
import { Lookups } from "../../../provider/lookup/lookup";
import { callsIn, logFile, requestsOf } from "../callLog/support";
import { failure } from "../lifecycle/support";
import { openCake, row, settingsOf } from "./support";

it("the lookups of a program are logged, and refused where the log cannot be used", async () => {
  const cake = await openCake([row(7), row(8)]);
  const { path, lines, text } = logFile();
  vi.stubEnv("CAKE_LOG", path);
  try {
    const lookups = new Lookups();
    await lookups.one(settingsOf(cake), { postbackId: 7 });
    await lookups.many(settingsOf(cake), { affiliateId: 4 });
    expect(callsIn(lines())).toEqual(requestsOf(cake));
    expect(lines()[0]).toMatchObject({ by: "lookup", instance: cake.domain, endpoint: "list", rows: 2 });
    expect(text()).not.toContain(cake.apiKey);

    const asked = cake.requests.length;
    vi.stubEnv("CAKE_LOG", "cake.log");
    const error = await failure(new Lookups().one(settingsOf(cake), { postbackId: 7 }));
    expect(error.message).toContain("[call-log-unusable]");
    expect(cake.requests).toHaveLength(asked);
  } finally {
    vi.unstubAllEnvs();
  }
});
