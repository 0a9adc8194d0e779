/**
 * What a person ends a command with: Ctrl-C, "kill", a closed terminal or window, and Ctrl-Break. A system that lacks one of
 * them never sends it.
 */
export const STOP_SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"] as const;
