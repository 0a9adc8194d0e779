import { messages } from "../../../provider/cli/preflight/messages";
import type { Examples } from "./rooms";

const operations = "acme-314 (importing)";

export const PREFLIGHT: Examples<typeof messages> = {
  interruptedCreate: messages.interruptedCreate(1),
  otherInstance: messages.otherInstance({
    count: 2,
    livesOn: "us.cakemarketing.com",
    worker: "the stack",
    configured: "eu.cakemarketing.com",
    source: "as the last run saved",
  }),
  unknownOperation: messages.unknownOperation(1, operations),
  finishedCreate: messages.finishedCreate(1),
  interruptedUpdate: messages.interruptedUpdate(1),
  interruptedDelete: messages.interruptedDelete(1),
  otherCreate: messages.otherCreate("logs"),
  otherOperation: messages.otherOperation(operations),
  journalRunning: messages.journalRunning(1),
  journalSent: messages.journalSent(1),
  journalNotSent: messages.journalNotSent(1),
  journalMade: messages.journalMade(1),
  journalOthers: messages.journalOthers(2),
  journalSaved: messages.journalSaved(2),
  journalUnreadable: messages.journalUnreadable(1),
  journalNotEntries: messages.journalNotEntries(1),
  journalNotRead: messages.journalNotRead(
    "The journal of creates cannot be used: /mnt/journal is not a directory.",
  ),
  notCompared: messages.notCompared(1, "provider"),
};
