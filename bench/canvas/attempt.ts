/** What a step measures; nothing and a line about why where it fails, because the others say as much without it. */
export async function attempt(
  name: string,
  step: () => Promise<readonly number[]>,
): Promise<readonly number[]> {
  try {
    return await step();
  } catch (error) {
    process.stderr.write(`${name}: ${String(error)}\n`);
    return [];
  }
}
