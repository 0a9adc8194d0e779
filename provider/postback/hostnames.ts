/** Whether a URL's host is the one that was asked for. With a dot before it, every host below is meant as well. */
export function isHost(host: string, asked: string): boolean {
  const [whole, wanted] = [host.toLowerCase(), asked.toLowerCase()];
  const bare = whole.replace(/:\d+$/, "");
  if (wanted.startsWith(".")) return bare === wanted.slice(1) || bare.endsWith(wanted);
  return bare === wanted || whole === wanted;
}
