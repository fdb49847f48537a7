"""Writes data sets as people have them, and says what is in them as NumPy and Pillow see it."""

import gzip
import json
import os
import pickle
import struct
import sys

import numpy


def smooth(random, height, width):
    """A picture with edges and soft places, as photos have them."""
    y, x = numpy.mgrid[0:height, 0:width]
    planes = []
    for _ in range(3):
        a, b, c = random.uniform(0.02, 0.2, 3)
        wave = numpy.sin(a * x + b * y) + numpy.cos(c * x)
        planes.append(128 + 50 * wave + 20 * ((x // 9 + y // 7) % 2))
    return numpy.clip(numpy.stack(planes, -1), 0, 255).astype("uint8")


def images(folder):
    from PIL import Image

    random = numpy.random.default_rng(1)
    names = []

    def save(name, image, **options):
        path = os.path.join(folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        image.save(path, **options)
        names.append(name)

    colour = Image.fromarray(smooth(random, 61, 97))
    save("a/rgb.png", colour)
    save("a/grey.png", colour.convert("L"))
    save("a/palette.png", colour.quantize(64))
    opaque = colour.convert("RGBA")
    opaque.putalpha(255)
    save("a/rgba.png", opaque)
    save("a/bits.png", colour.convert("1"))
    save("b/rgb.jpg", colour, quality=95)
    save("b/grey.jpeg", colour.convert("L"), quality=95)
    save("b/progressive.jpg", colour, quality=95, progressive=True)
    save("b/lossy.webp", colour, quality=95)
    save("b/lossless.webp", colour, lossless=True)
    save("b/big.jpg", Image.fromarray(smooth(random, 480, 640)), quality=95)
    save("c/rgb.bmp", colour)
    save("c/grey.bmp", colour.convert("L"))
    save("c/palette.bmp", colour.quantize(64))
    save("c/rgba.bmp", opaque)
    save("c/bits.bmp", colour.convert("1"))
    save("c/rgb.gif", colour.quantize(64))
    save("c/rgb.tif", colour)
    turned = Image.fromarray(smooth(random, 64, 40))
    exif = turned.getexif()
    exif[0x0112] = 6
    save("c/turned.jpg", turned, quality=95, exif=exif.tobytes())
    return names


def pixels(file, height, width, crop, channels):
    from PIL import Image, ImageOps

    image = ImageOps.exif_transpose(Image.open(file)).convert("RGB")
    if crop == "fill":
        image = image.resize((width, height), Image.LANCZOS)
    else:
        # Whole pixels, as torchvision's Resize and CenterCrop have it; ImageOps.fit would crop between them.
        choose = max if crop == "cover" else min
        scale = choose(width / image.width, height / image.height)
        size = round(image.width * scale), round(image.height * scale)
        resized = image.resize(size, Image.LANCZOS)
        image = Image.new("RGB", (width, height))
        image.paste(resized, (-((size[0] - width + 1) // 2), -((size[1] - height + 1) // 2)))
    if channels == 1:
        image = image.convert("L")
    return numpy.asarray(image).reshape(-1).tolist()


def write_idx(path, array):
    data = struct.pack(f">I{array.ndim}I", 0x800 | array.ndim, *array.shape) + array.tobytes()
    with (gzip.open if path.endswith(".gz") else open)(path, "wb") as file:
        file.write(data)


def arrays(folder):
    random = numpy.random.default_rng(2)
    x = random.integers(0, 256, (40, 6, 5, 3), dtype="uint8")
    y = (numpy.arange(40) % 4).astype("uint8")
    x_test, y_test = x[:8], y[:8]
    join = lambda *parts: os.path.join(folder, *parts)

    numpy.savez_compressed(join("keras.npz"), x_train=x, y_train=y, x_test=x_test, y_test=y_test)
    numpy.savez(join("stored.npz"), x_train=x, y_train=y, x_test=x_test, y_test=y_test)
    numpy.savez_compressed(
        join("floats.npz"),
        x_train=(x / 255).astype("float32"),
        y_train=y.astype("int64")[:, None],
        x_test=(x_test / 255).astype("float64"),
        y_test=y_test.astype("int32"),
    )
    numpy.savez_compressed(
        join("medmnist.npz"),
        train_images=x, train_labels=y[:, None],
        val_images=x[8:16], val_labels=y[8:16, None],
        test_images=x_test, test_labels=y_test[:, None],
    )
    numpy.savez(join("onehot.npz"), x=x.astype("int64"), y=numpy.eye(4)[y])
    numpy.savez(join("fortran.npz"), x_train=numpy.asfortranarray(x), y_train=y)
    numpy.savez(join("big_endian.npz"), x_train=x.astype(">f4"), y_train=y)
    numpy.savez(join("objects.npz"), x_train=numpy.array([{}] * 3, dtype=object), y_train=y)
    numpy.savez(join("first.npz"), x_train=numpy.moveaxis(x, 3, 1), y_train=y)
    os.makedirs(join("npy"))
    for name, array in [("x_train", x), ("y_train", y), ("x_test", x_test), ("y_test", y_test)]:
        numpy.save(join("npy", f"{name}.npy"), array)

    grey = x[..., 0]
    for name, suffix in [("idx", ""), ("idx-gz", ".gz")]:
        os.makedirs(join(name))
        write_idx(join(name, f"train-images-idx3-ubyte{suffix}"), grey)
        write_idx(join(name, f"train-labels-idx1-ubyte{suffix}"), y)
        write_idx(join(name, f"t10k-images-idx3-ubyte{suffix}"), grey[:8])
        write_idx(join(name, f"t10k-labels-idx1-ubyte{suffix}"), y[:8])

    cifar = random.integers(0, 256, (12, 32, 32, 3), dtype="uint8")
    planes = cifar.transpose(0, 3, 1, 2).reshape(12, -1)
    labels = (numpy.arange(12) % 10).astype("uint8")
    os.makedirs(join("cifar-10-batches-bin"))
    rows = numpy.concatenate([labels[:, None], planes], 1)
    for number in range(1, 6):
        rows.tofile(join("cifar-10-batches-bin", f"data_batch_{number}.bin"))
    rows[:4].tofile(join("cifar-10-batches-bin", "test_batch.bin"))
    with open(join("cifar-10-batches-bin", "batches.meta.txt"), "w") as file:
        file.write("\n".join("airplane automobile bird cat deer dog frog horse ship truck".split()) + "\n\n")
    os.makedirs(join("cifar-100-binary"))
    fine = (numpy.arange(12) * 8).astype("uint8")
    rows = numpy.concatenate([(fine // 5)[:, None], fine[:, None], planes], 1)
    rows.tofile(join("cifar-100-binary", "train.bin"))
    rows[:4].tofile(join("cifar-100-binary", "test.bin"))
    os.makedirs(join("cifar-python", "cifar-10-batches-py"))
    with open(join("cifar-python", "cifar-10-batches-py", "data_batch_1"), "wb") as file:
        pickle.dump({b"data": planes, b"labels": labels.tolist()}, file)

    square = random.integers(0, 256, (30, 16), dtype="uint8")
    classes = numpy.arange(30) % 3
    header = "label," + ",".join(f"pixel{i}" for i in range(16))
    table = numpy.concatenate([classes[:, None], square], 1)
    numpy.savetxt(join("header.csv"), table, "%d", ",", header=header, comments="")
    numpy.savetxt(join("plain.csv"), table, "%d", ",")
    numpy.savetxt(join("semicolon.csv"), table, "%d", ";", newline="\r\n")
    with open(join("words.csv"), "w", encoding="utf-8-sig") as file:
        file.write(",".join(f"p{i}" for i in range(16)) + ',"class"\n')
        for row, label in zip(square / 255, classes):
            file.write(",".join(f"{v:.6f}" for v in row) + f',"{["cat", "dog, small", "new"][label]}"\n')
    return {
        "x": x.reshape(40, -1).tolist(), "y": y.tolist(),
        "grey": grey.reshape(40, -1).tolist(),
        "cifar": cifar.reshape(12, -1).tolist(), "fine": fine.tolist(),
        "square": square.tolist(), "classes": classes.tolist(),
    }


for line in sys.stdin:
    request = json.loads(line)
    what = request.pop("what")
    print(json.dumps({"images": images, "pixels": pixels, "arrays": arrays}[what](**request)), flush=True)
