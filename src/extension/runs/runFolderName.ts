const longest = 60;

/** Name of the folder of a run: local time, then the name of the design as file systems take it. */
export function runFolderName(start: Date, designName: string): string {
  const parts = [
    start.getFullYear(),
    start.getMonth() + 1,
    start.getDate(),
    start.getHours(),
    start.getMinutes(),
    start.getSeconds(),
  ];
  return [...parts.map((part) => String(part).padStart(2, "0")), fileName(designName)].join("-");
}

/** A name with nothing in it that a file system refuses; `design` where nothing is left. */
export function fileName(name: string): string {
  const plain = Array.from(name.replaceAll(/[^\p{Letter}\p{Mark}\p{Number}_.]+/gu, "-"))
    .slice(0, longest)
    .join("")
    .replaceAll(/^[-.]+|[-.]+$/g, "");
  return plain === "" ? "design" : plain;
}
