import { run } from "./process.mjs";

/**
 * Installs packages with apt-get, which waits for another one at work.
 * @param {readonly string[]} packages
 */
export async function installDebianPackages(packages) {
  const parameters = ["-y", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=300"];
  const attempt = () =>
    run("apt-get", ["install", ...parameters, ...packages], {
      env: { DEBIAN_FRONTEND: "noninteractive" },
    });
  const first = await attempt();
  if (first.code === 0) return first;
  // Images come without the lists of packages.
  await run("apt-get", ["update"]);
  return attempt();
}
