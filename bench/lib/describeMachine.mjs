import os from "node:os";

/**
 * What figures were measured on, and how busy it was before.
 * @param {number} load load average of the last minute before the start
 */
export function describeMachine(load) {
  const cpu = os.cpus()[0]?.model.trim() ?? "unknown processor";
  return `Node ${process.versions.node}; ${os.availableParallelism()} cores, ${cpu}; load average ${load.toFixed(1)} before it began.`;
}
