import { SingleBar } from "cli-progress";
import type { OnPage } from "../../../cake/readList";

/** How far a reading is, on a terminal; elsewhere it stays silent, so that logs hold no bars. */
export interface Progress {
  readonly onPage: OnPage;
  done(): void;
}

/** Shows a bar once CAKE has said how many records there are, and counts them before that. */
export function progressOn(stream: NodeJS.WriteStream, what: string): Progress {
  const bar = new SingleBar({
    stream,
    clearOnComplete: true,
    hideCursor: true,
    noTTYOutput: false,
    format: `${what} {bar} {value} of {total}`,
  });
  let isShown = false;
  return {
    onPage: (seen, total = seen) => {
      if (!isShown) bar.start(total, seen);
      isShown = true;
      bar.setTotal(total);
      bar.update(seen);
    },
    done: () => bar.stop(),
  };
}
