import { expect, it } from "vitest";
import { acme, declare } from "./support/declare";
import { failureOf, messagesOf } from "./support/failures";
import { project } from "./support/places";
import { takeCalls } from "./support/steps";
import { openWorld, withCli } from "./support/world";

withCli("wrong input", () => {
  it("is refused at preview, all problems at once, without a key and without a call", async () => {
    await using world = await openWorld({ workDir: project("declared.ts") });
    const { stack, cake } = world;
    await stack.removeConfig("cake:apiKey");
    await declare(world, {
      wrong: acme({
        affiliateId: 0,
        offerId: "12345",
        postbackUrl: "tracker.example/postback?token=a-token-of-theirs",
        postbackStatus: "paused",
        postbackTypeId: 5,
        postbackStatsu: "active",
        postbackId: 8801,
      }),
    });
    const failure = await failureOf(stack.preview());
    const messages = messagesOf(failure);
    for (const part of [
      "affiliateId must be a CAKE affiliate ID such as 67890, found 0",
      'offerId must be a CAKE offer ID such as 12345, or 0 for all offers, found "12345"',
      "postbackUrl must be a URL that begins with http:// or https://",
      'postbackStatus must be one of active, inactive, found "paused"',
      "postbackTypeId must be one of 1 (server-to-server)",
      "Did you mean postbackStatus?",
      "postbackId is an output",
    ]) {
      expect(messages).toContain(part);
    }
    expect(`${failure.message}${failure.stdout}${failure.stderr}`).not.toContain("a-token-of-theirs");
    expect(takeCalls(cake)).toEqual({});
  });
});
