/**
 * Tells a person what to edit in CAKE and how to have Pulumi record it, where no endpoint can do it.
 *
 * @param byChoice Whether a setting rules the update endpoint out, rather than CAKE lacking it.
 */
export function byHandAdvice(work: readonly string[], byChoice: boolean): string {
  const why = byChoice
    ? 'cake:endpoints is "documented", and no CAKE article documents a way to change a postback by API.'
    : "This CAKE has no update endpoint where pulumi-cake looks for it.";
  const otherwise = byChoice ? ' If your CAKE has an update endpoint, set cake:endpoints to "all".' : "";
  return `${why} Nothing was changed. To do by hand in CAKE: postback ${work.join("; postback ")}. Then write the ids into a file, one a line, and run "CAKE_CONFIRM_MANUAL=<file> pulumi up" (or destroy): exactly those are recorded as done.${otherwise}`;
}
