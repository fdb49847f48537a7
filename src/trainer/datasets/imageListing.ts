import fs from "node:fs/promises";
import path from "node:path";
import { t } from "../../core/text/t.ts";
import { TrainingFailure } from "../trainingFailure.ts";
import { unreadable } from "./dataPath.ts";
import { imageName } from "./decodeImage.ts";
import type { Surroundings } from "./source.ts";

/** One image of a folder. */
export interface ListedImage {
  /** From the folder of the data set, with `/`. */
  readonly name: string;
  readonly label: number;
}

export type PartName = "training" | "validation" | "test";

/** The images of a folder, by parts and classes. */
export interface ImageListing {
  readonly folder: string;
  readonly classNames: readonly string[];
  /** In the order of their names. Only `training` where the folder names no parts. */
  readonly parts: Readonly<Partial<Record<PartName, readonly ListedImage[]>>>;
  /** Files that are no images. */
  readonly others: number;
  /** Why nothing can be trained on these; absent where it can. */
  readonly obstacle?: TrainingFailure;
}

const partNames: Readonly<Record<string, PartName>> = {
  train: "training",
  training: "training",
  val: "validation",
  valid: "validation",
  validation: "validation",
  test: "test",
  testing: "test",
};

/** Deeper folders are taken for a loop. */
const deepest = 8;

/**
 * Lists a folder of images: a folder a class, perhaps below folders named train, validation and test.
 * Throws where there are no such folders; what else is wrong is said as the `obstacle`.
 */
export async function listImages(
  folder: string,
  { signal, report }: Pick<Surroundings, "signal" | "report">,
): Promise<ImageListing> {
  const walk = new Walk(folder, signal, report);
  const top = await walk.foldersIn("");
  const parts = top.flatMap((name) => {
    const part = partNames[name.toLowerCase()];
    return part === undefined ? [] : [{ part, name }];
  });
  const isSplit = parts.some(({ part }) => part === "training");
  const found = new Map<PartName, ReadonlyMap<string, readonly string[]>>();
  for (const { part, name } of isSplit ? parts : [{ part: "training" as const, name: "" }]) {
    found.set(part, await walk.classesIn(name));
  }
  const classNames = [
    ...new Set([...found.values()].flatMap((classes) => [...classes.keys()])),
  ].toSorted();
  if (classNames.length === 0) {
    throw new TrainingFailure(
      "noDataset",
      t("{0} holds no folders of images.", folder),
      t("Put the images of each class into a folder of its own, named after the class."),
    );
  }
  const obstacle = obstacleOf(found);
  return {
    folder,
    classNames,
    parts: Object.fromEntries(
      [...found].map(([part, classes]) => [part, labelled(classes, classNames)]),
    ),
    others: walk.others,
    ...(obstacle !== undefined && { obstacle }),
  };
}

const labelled = (
  classes: ReadonlyMap<string, readonly string[]>,
  classNames: readonly string[],
): readonly ListedImage[] =>
  classNames.flatMap((className, label) =>
    (classes.get(className) ?? []).toSorted().map((name) => ({ name, label })),
  );

function obstacleOf(
  found: ReadonlyMap<PartName, ReadonlyMap<string, readonly string[]>>,
): TrainingFailure | undefined {
  const trained = found.get("training") ?? new Map<string, readonly string[]>();
  for (const [part, classes] of found) {
    const strange = [...classes.keys()].find((name) => !trained.has(name));
    if (strange !== undefined) {
      return new TrainingFailure(
        "datasetBroken",
        t(
          "The {0} images have a class {1} that the training images do not have.",
          t(part),
          strange,
        ),
        t("Name the folders of the classes alike in every part."),
      );
    }
  }
  const empty = [...trained].flatMap(([name, { length }]) => (length === 0 ? [name] : []));
  return empty.length === 0
    ? undefined
    : new TrainingFailure(
        "datasetBroken",
        empty.length === 1
          ? t("The class {0} has no images.", empty[0] ?? "")
          : t("The classes {0} have no images.", empty.toSorted().slice(0, 5).join(", ")),
        t("Put images into the folder, or remove it."),
      );
}

/** Looks through a folder, counting as it goes. */
class Walk {
  readonly #root: string;
  readonly #signal: AbortSignal;
  readonly #report: Surroundings["report"];
  #seen = 0;
  others = 0;

  constructor(root: string, signal: AbortSignal, report: Surroundings["report"]) {
    this.#root = root;
    this.#signal = signal;
    this.#report = report;
  }

  async foldersIn(name: string): Promise<readonly string[]> {
    return (await this.#entries(name)).filter(({ isFolder }) => isFolder).map((one) => one.name);
  }

  /** Every folder is a class, with all images below it. */
  async classesIn(name: string): Promise<ReadonlyMap<string, readonly string[]>> {
    const classes = new Map<string, readonly string[]>();
    for (const className of await this.foldersIn(name)) {
      classes.set(className, await this.#imagesBelow(join(name, className), 0));
    }
    return classes;
  }

  async #imagesBelow(name: string, depth: number): Promise<readonly string[]> {
    const images: string[] = [];
    for (const entry of await this.#entries(name)) {
      if (!entry.isFolder) {
        if (imageName.test(entry.name)) images.push(join(name, entry.name));
        else this.others += 1;
      } else if (depth < deepest) {
        images.push(...(await this.#imagesBelow(join(name, entry.name), depth + 1)));
      }
    }
    return images;
  }

  async #entries(
    name: string,
  ): Promise<readonly { readonly name: string; readonly isFolder: boolean }[]> {
    this.#signal.throwIfAborted();
    const place = path.join(this.#root, name);
    const entries = await fs.readdir(place, { withFileTypes: true }).catch((error: unknown) => {
      throw unreadable(place, error);
    });
    this.#seen += entries.length;
    this.#report({ done: this.#seen, total: 0 });
    // Hidden files such as .DS_Store are nobody's images.
    const shown = entries.filter((entry) => !entry.name.startsWith("."));
    return Promise.all(
      shown.map(async (entry) => ({
        name: entry.name,
        isFolder: entry.isSymbolicLink()
          ? await isFolder(path.join(place, entry.name))
          : entry.isDirectory(),
      })),
    );
  }
}

const join = (folder: string, name: string): string => (folder === "" ? name : `${folder}/${name}`);

const isFolder = (place: string): Promise<boolean> =>
  fs.stat(place).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
