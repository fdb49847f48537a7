/** The end of what a program printed, short enough for a message. */
export function lastLines(output: string, count = 12): string {
  const lines = output.split(/\r?\n/).filter((line) => line.trim() !== "");
  return lines.slice(-count).join("\n");
}
