import path from "node:path";
import { t } from "../core/text/t.ts";
import { lastLines } from "./lastLines.ts";
import { packageDirectory } from "./marker.ts";
import { RoadClosed } from "./nativeInstallError.ts";
import { watchBytes } from "./watchBytes.ts";
import type { Workshop } from "./workshop.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** Runs the package's own installation, which downloads libtensorflow and a compiled addon. */
export async function takeOfficialRoad(workshop: Workshop): Promise<void> {
  const { report, run, signal, staging } = workshop;
  const total = await bytesToDownload(workshop);
  const cwd = packageDirectory(staging);
  const { code, output } = await watchBytes(
    path.join(cwd, "deps"),
    (done) => report({ phase: "download", message: downloading, bytes: { done, total } }),
    () => run("npm", ["run", "install"], { cwd, signal }),
  );
  if (code !== 0) {
    throw new RoadClosed(`${t("the package's own installation failed:")}\n${lastLines(output)}`);
  }
}

const downloading = "Downloading libtensorflow with the package's own installation";

/** Asks the host before the package does, because the package would wait for a silent host forever. */
async function bytesToDownload({ probe, report, signal }: Workshop): Promise<number | undefined> {
  const url = officialLibraryUrl();
  if (url === undefined) {
    throw new RoadClosed(t("there is no download for {0} on {1}", process.platform, process.arch));
  }
  report({ phase: "probe", message: `Asking ${new URL(url).host} for libtensorflow` });
  const answer = await probe(url, signal);
  if (answer.type === "closed") {
    throw new RoadClosed(answer.reason);
  }
  return answer.bytes;
}

/** Where tfjs-node's install.js will download from, with the environment variables it documents; undefined where it has nothing. */
export function officialLibraryUrl(
  environment: Environment = process.env,
  platform: NodeJS.Platform = process.platform,
  architecture: string = process.arch,
): string | undefined {
  const host =
    environment["TFJS_NODE_CDN_STORAGE"] ??
    environment["npm_config_TFJS_NODE_CDN_STORAGE"] ??
    environment["CDN_STORAGE"] ??
    "https://storage.googleapis.com/";
  const base =
    environment["TFJS_NODE_BASE_URI"] ??
    environment["npm_config_TFJS_NODE_BASE_URI"] ??
    `${host}tensorflow/libtensorflow/libtensorflow-`;
  switch (`${platform}-${architecture}`) {
    case "linux-x64":
      return `${base}cpu-linux-x86_64-2.9.1.tar.gz`;
    case "darwin-x64":
      return `${base}cpu-darwin-x86_64-2.9.1.tar.gz`;
    case "win32-x64":
      return `${base}cpu-windows-x86_64-2.9.1.zip`;
    case "darwin-arm64":
      return `${host}tf-builds/libtensorflow_r2_7_darwin_arm64_cpu.tar.gz`;
    case "linux-arm64":
      return `${host}tf-builds/libtensorflow_r2_7_linux_arm64.tar.gz`;
    default:
      return undefined;
  }
}
