import type { DatasetRecipe } from "./training.ts";
import type { TypedDefinition } from "./recipeOptions.ts";

const folder = {
  kind: "text",
  description: "The folder, from where the design file lies.",
} as const;

const file = {
  kind: "text",
  description: "The file, from where the design file lies.",
} as const;

const testSplit = {
  kind: "number",
  minimum: 0,
  exclusiveMaximum: 1,
  default: 0.1,
  description: "Share of every class that is kept to test, where the data brings no test images.",
} as const;

/** Every kind of data set by its type. */
export const datasets = {
  mnist: {
    title: "MNIST",
    summary: "60,000 + 10,000 handwritten digits of 28 × 28 pixels in grey (LeCun et al. 1998).",
    options: {},
  },
  synthetic: {
    title: "Synthetic",
    summary:
      "Drawn shapes in as many classes and of the size that the network asks for; needs no download.",
    options: {},
  },
  "fashion-mnist": {
    title: "Fashion-MNIST",
    summary:
      "60,000 + 10,000 pieces of clothing of 28 × 28 pixels in grey (Xiao et al. 2017), from the folder of its four files, or where Keras has put them.",
    options: { path: { ...folder, default: "" } },
  },
  cifar10: {
    title: "CIFAR-10",
    summary:
      "50,000 + 10,000 photos of 32 × 32 pixels in colour in 10 classes (Krizhevsky 2009), from the folder of the binary version.",
    options: { path: folder },
  },
  cifar100: {
    title: "CIFAR-100",
    summary:
      "50,000 + 10,000 photos of 32 × 32 pixels in colour in 100 classes (Krizhevsky 2009), from the folder of the binary version.",
    options: {
      path: folder,
      labels: {
        kind: "choice",
        values: ["fine", "coarse"],
        default: "fine",
        description: "100 classes, or their 20 groups.",
      },
    },
  },
  imageFolder: {
    title: "Image folder",
    summary:
      "Images (PNG, JPEG, WebP, BMP, GIF, TIFF, AVIF) in one folder a class; with train, validation and test folders above the classes, these are the parts.",
    options: {
      path: folder,
      resize: {
        kind: "optionalPair",
        minimum: 1,
        maximum: 4096,
        default: null,
        description: "Height and width of the images; null is the size that the network takes.",
      },
      crop: {
        kind: "choice",
        values: ["cover", "contain", "fill"],
        default: "cover",
        description:
          "An image of another form fills the size and loses its edges (cover), is shown whole with black beside it (contain), or is stretched (fill).",
      },
      testSplit,
    },
  },
  idx: {
    title: "IDX",
    summary:
      "Files in the format of MNIST: images and labels to train on (train-images, train-labels) and to test with (t10k or test), packed (.gz) or not.",
    options: { path: folder, testSplit },
  },
  numpy: {
    title: "NumPy",
    summary:
      "An .npz file with x_train, y_train, x_test and y_test as Keras writes it, or a folder of .npy files of these names.",
    options: { path: file, testSplit },
  },
  csv: {
    title: "CSV",
    summary: "A line an image: a column with its class, every other column one pixel.",
    options: {
      path: file,
      testPath: {
        kind: "text",
        default: "",
        description: "A second file with the images to test with.",
      },
      label: {
        kind: "text",
        default: "label",
        description:
          "Name of the column with the class; without a header, or without this column, it is the first one.",
      },
      testSplit,
    },
  },
} as const satisfies Readonly<Record<string, TypedDefinition>>;

/** What a data set holds, whoever reads it. */
export interface DatasetImages {
  readonly shape: readonly number[];
  readonly classes: number;
}

/** The images of a data set that always has the same; nothing of any other. */
export function imagesOf(dataset: DatasetRecipe): DatasetImages | undefined {
  switch (dataset.type) {
    case "mnist":
    case "fashion-mnist":
      return { shape: [28, 28, 1], classes: 10 };
    case "cifar10":
      return { shape: [32, 32, 3], classes: 10 };
    case "cifar100":
      return { shape: [32, 32, 3], classes: dataset.labels === "fine" ? 100 : 20 };
    case "synthetic":
    case "imageFolder":
    case "idx":
    case "numpy":
    case "csv":
      return undefined;
  }
}

export type DatasetType = keyof typeof datasets;
