import { spawnSync } from "node:child_process";

/** The commit that is checked out in a folder, or `undefined` without a repository or without Git. */
export function gitCommit(directory: string): string | undefined {
  const { status, stdout } = spawnSync("git", ["-C", directory, "rev-parse", "--verify", "HEAD"], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
    timeout: 2_000,
    windowsHide: true,
  });
  return status === 0 ? stdout.trim() : undefined;
}
