import fs from "node:fs/promises";
import { t } from "../../core/text/t.ts";
import { TrainingFailure } from "../trainingFailure.ts";
import { arrayOf, type Pixels } from "./pixels.ts";

/** Where images lie in a file of this program, one behind the other from its beginning. */
interface FileLayout {
  readonly file: string;
  readonly count: number;
  readonly size: number;
  readonly type: Pixels["type"];
}

/** Images that stay in a file and are read when they are needed. */
export async function pixelsInFile({ file, count, size, type }: FileLayout): Promise<Pixels> {
  const handle = await fs.open(file);
  const bytes = size * (type === "uint8" ? 1 : 4);
  return {
    count,
    size,
    type,
    async read(indices) {
      const values = arrayOf(type, indices.length * size);
      const target = new Uint8Array(values.buffer);
      await Promise.all(
        [...indices].map(async (index, place) => {
          const { bytesRead } = await handle.read(target, place * bytes, bytes, index * bytes);
          if (bytesRead !== bytes) {
            throw new TrainingFailure(
              "datasetBroken",
              t("The prepared images in {0} are cut off.", file),
              t("Delete the file and train again; it is made anew."),
            );
          }
        }),
      );
      return values;
    },
  };
}
