import { captures } from "./captures";
import { commandParts } from "./commandLine";
import { errorParts } from "./errors";
import { firstPreviewParts } from "./firstPreview";
import { journalParts } from "./journal";
import { liveParts } from "./live";
import { performanceParts } from "./performance";
import { programParts } from "./programs";
import { reviewParts } from "./review";
import { ruleFigureParts } from "./ruleFigures";
import { ruleParts } from "./rules";
import { supportParts } from "./support";
import { tables } from "./tables";
import { trackerParts } from "./trackers";
import { tryingParts } from "./trying";

/** Every generated part of the docs, by the name that its markers carry. */
export async function generatedParts(root: string): Promise<Record<string, string>> {
  return {
    ...tables(root),
    ...(await commandParts(root)),
    ...programParts(root),
    ...errorParts(root),
    ...supportParts(root),
    ...ruleParts(),
    ...ruleFigureParts(),
    ...trackerParts(),
    ...(await captures()),
    ...(await firstPreviewParts(root)),
    ...(await reviewParts()),
    ...(await journalParts()),
    ...(await liveParts()),
    ...(await tryingParts()),
    ...performanceParts(),
  };
}
