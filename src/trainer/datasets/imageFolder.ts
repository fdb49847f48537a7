import fs from "node:fs/promises";
import path from "node:path";
import { t } from "../../core/text/t.ts";
import { isFeatureMap } from "../../core/layers/shape.ts";
import { TrainingFailure } from "../trainingFailure.ts";
import { dataPath } from "./dataPath.ts";
import type { Fit } from "./dataset.ts";
import type { ImageForm } from "./decodeImage.ts";
import { type ImageListing, type ListedImage, listImages, type PartName } from "./imageListing.ts";
import { countLabels } from "./labels.ts";
import { mismatch } from "./mismatch.ts";
import { type BrokenImage, prepareImages } from "./prepareImages.ts";
import type { LabelledPixels, SourceDataset, Surroundings } from "./source.ts";

/** What a recipe says of a folder of images. */
export interface ImageFolderRecipe {
  readonly path: string;
  readonly resize: readonly [height: number, width: number] | null;
  readonly crop: ImageForm["crop"];
}

/** More damaged images than this share are no accident. */
const mostBroken = 0.1;

/** A folder of images by class, decoded to the size that the design takes; a failure where it cannot be trained on. */
export const loadImageFolder = (
  recipe: ImageFolderRecipe,
  surroundings: Surroundings,
  fit: Fit,
): Promise<SourceDataset> =>
  readImageFolder(recipe, surroundings, fit, (why) => {
    throw why;
  });

/** A folder of images with the file of each one. */
export interface FolderDataset extends SourceDataset {
  readonly folder: string;
  readonly images: ImageListing["parts"];
  readonly broken: readonly BrokenImage[];
}

/** The same, where `refuse` decides what becomes of a folder that cannot be trained on: it throws, or all is read. */
export async function readImageFolder(
  recipe: ImageFolderRecipe,
  surroundings: Surroundings,
  fit: Fit,
  refuse: (why: TrainingFailure) => void,
): Promise<FolderDataset> {
  const folder = dataPath(recipe.path, surroundings.directory);
  await refuseOtherKinds(folder);
  const name = path.basename(folder);
  const listing = await listImages(folder, surroundings);
  const { classNames } = listing;
  if (listing.obstacle !== undefined) refuse(listing.obstacle);
  const form = formFor(recipe, fit);
  const imageShape = [form.height, form.width, form.channels];
  // Said before a hundred thousand images are decoded for nothing.
  if (fit.classes !== classNames.length && !(fit.classes === 1 && classNames.length === 2)) {
    refuse(mismatch(name, imageShape, classNames.length, fit));
  }
  const parts: [PartName, LabelledPixels][] = [];
  const broken: BrokenImage[] = [];
  for (const part of ["training", "validation", "test"] as const) {
    const images = listing.parts[part];
    if (images !== undefined && (images.length > 0 || part === "training")) {
      const names = images.map((image) => image.name);
      const prepared = await prepareImages({ ...surroundings, folder, form, names });
      broken.push(...prepared.broken);
      const why = whyTooBroken(images, prepared.broken, classNames, part);
      if (why !== undefined) refuse(why);
      parts.push([
        part,
        {
          pixels: prepared.pixels,
          labels: Uint16Array.from(images, ({ label }) => label),
          usable: prepared.usable,
        },
      ]);
    }
  }
  return {
    name,
    imageShape,
    classNames,
    notes: brokenNotes(broken),
    folder,
    images: listing.parts,
    broken,
    ...(Object.fromEntries(parts) as Pick<SourceDataset, PartName>),
  };
}

function formFor({ resize, crop }: ImageFolderRecipe, { inputShape }: Fit): ImageForm {
  const [height, width, channels] = isFeatureMap(inputShape) ? inputShape : [64, 64, 3];
  return {
    height: resize?.[0] ?? height,
    width: resize?.[1] ?? width,
    channels: channels === 1 || channels === 4 ? channels : 3,
    crop,
  };
}

/** A person who names a folder of another kind hears which one it is. */
async function refuseOtherKinds(folder: string): Promise<void> {
  const files = await fs.readdir(folder).catch(() => []);
  const kind = kinds.find(({ pattern }) => files.some((file) => pattern.test(file)));
  if (kind !== undefined) {
    throw new TrainingFailure(
      "noDataset",
      t("{0} holds no folders of images, but {1}.", folder, t(kind.what)),
      t('Set the type of the data set to "{0}".', kind.type),
    );
  }
}

const kinds = [
  { pattern: /images.*idx[34]-ubyte(?:\.gz)?$/, what: "IDX files", type: "idx" },
  { pattern: /^test_batch\.bin$/, what: "the files of CIFAR-10", type: "cifar10" },
  { pattern: /^fine_label_names\.txt$/, what: "the files of CIFAR-100", type: "cifar100" },
  { pattern: /\.npy$/, what: "NumPy arrays", type: "numpy" },
] as const;

function whyTooBroken(
  images: readonly ListedImage[],
  broken: readonly BrokenImage[],
  classNames: readonly string[],
  part: PartName,
): TrainingFailure | undefined {
  const [first] = broken;
  if (first === undefined) return undefined;
  if (broken.length > images.length * mostBroken) {
    return new TrainingFailure(
      "datasetBroken",
      t(
        "{0} of {1} {2} images cannot be used; the first, {3}, {4}.",
        broken.length,
        images.length,
        t(part),
        first.name,
        t(first.why),
      ),
      t("Replace or remove them; CNN Architect: Inspect Data Set lists them all."),
    );
  }
  const lost = new Set(broken.map(({ name }) => name));
  const left = Uint16Array.from(
    images.flatMap(({ name, label }) => (lost.has(name) ? [] : [label])),
  );
  const empty = countLabels([left], classNames.length).indexOf(0);
  return part === "training" && empty !== -1
    ? new TrainingFailure(
        "datasetBroken",
        t(
          "No image of the class {0} can be used; {1} {2}.",
          classNames[empty] ?? "",
          first.name,
          t(first.why),
        ),
        t("Replace the images of this class."),
      )
    : undefined;
}

function brokenNotes(broken: readonly BrokenImage[]): readonly string[] {
  const count = broken.length;
  const some = broken
    .slice(0, 3)
    .map(({ name, why }) => t("{0} {1}", name, t(why)))
    .join(", ");
  if (count > 3) return [t("{0} images are left out: {1} and others.", count, some)];
  if (count > 1) return [t("{0} images are left out: {1}.", count, some)];
  return count === 1 ? [t("One image is left out: {0}.", some)] : [];
}
