import type { OptionTable, OptionValues } from "../layers/option.ts";

/** What is done to training images, each time they are seen; by default nothing. */
export const augmentationOptions = {
  flip: {
    kind: "choice",
    values: ["none", "horizontal", "vertical", "both"],
    default: "none",
    description: "Mirrors every second image, left to right or top to bottom.",
  },
  shift: {
    kind: "integer",
    minimum: 0,
    maximum: 4096,
    default: 0,
    description:
      "Moves the image by so many pixels at most, up, down and to each side: a crop with this padding.",
  },
  rotation: {
    kind: "number",
    minimum: 0,
    maximum: 180,
    default: 0,
    description: "Turns the image by so many degrees at most, either way.",
  },
  brightness: {
    kind: "number",
    minimum: 0,
    maximum: 1,
    default: 0,
    description: "Adds at most so much to every pixel, or takes it away; white is 1.",
  },
  contrast: {
    kind: "number",
    minimum: 0,
    maximum: 1,
    default: 0,
    description: "Stretches the pixels about their mean by 1 ± this at most.",
  },
  saturation: {
    kind: "number",
    minimum: 0,
    maximum: 1,
    default: 0,
    description: "Stretches colours about their grey by 1 ± this at most.",
  },
  cutout: {
    kind: "integer",
    minimum: 0,
    maximum: 4096,
    default: 0,
    description: "Side in pixels of a square that is blanked out (DeVries and Taylor 2017).",
  },
  mixup: {
    kind: "number",
    minimum: 0,
    maximum: 10,
    default: 0,
    description:
      "Mixes images and labels in pairs, by a share from the beta distribution with this parameter (Zhang et al. 2018).",
  },
} as const satisfies OptionTable;

/** How training images are changed, read from the file. */
export type AugmentationRecipe = OptionValues<typeof augmentationOptions>;
