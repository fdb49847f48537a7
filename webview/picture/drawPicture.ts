import { boundsOf, type Rectangle } from "../canvas/geometry.ts";
import type { Flow } from "../canvas/layOut.ts";
import type { Card, Frame, Scene } from "../canvas/scene.ts";
import { glyphForms } from "../catalog/glyphForms.ts";
import { t } from "../text/t.ts";
import type { Course } from "../wires/course.ts";
import { RoutedWires } from "../wires/routedWires.ts";
import { fitText, textWidth } from "./fitText.ts";
import type { Palette } from "./palettes.ts";
import { element, escapeXml } from "./xml.ts";

/** What a picture shows. */
export interface PictureContent {
  readonly name: string;
  /** One line below the network; empty for none. */
  readonly caption: string;
  readonly scene: Scene;
  /** Counted from the origin of the canvas. */
  readonly places: ReadonlyMap<string, Rectangle>;
  readonly flow: Flow;
}

/** A picture as SVG, and its size in pixels at scale 1. */
export interface Picture {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}

const fonts = {
  text: "'Segoe UI', 'Helvetica Neue', Helvetica, Arial, 'Apple SD Gothic Neo', 'Malgun Gothic', 'Noto Sans CJK KR', sans-serif",
  mono: "Consolas, Menlo, 'DejaVu Sans Mono', 'Liberation Mono', 'Courier New', monospace",
};

const MARGIN = 24;
const CAPTION = 34;

/** How a picture looks. */
export interface PictureStyle {
  readonly palette: Palette;
  readonly hasMeasures: boolean;
}

/** Draws a network as SVG of its own: real text, plain shapes, nothing that needs a browser. */
export function drawPicture(content: PictureContent, style: PictureStyle): Picture {
  const { scene, places, name, caption } = content;
  const { palette } = style;
  const bounds = boundsOf([...places.values()]);
  const width = Math.ceil(bounds.width + 2 * MARGIN);
  const height = Math.ceil(bounds.height + 2 * MARGIN + (caption === "" ? 0 : CAPTION));
  const [left, top] = [bounds.x - MARGIN, bounds.y - MARGIN];
  const at = (id: string): Rectangle => places.get(id) ?? bounds;
  const courses = new RoutedWires(scene, places, content.flow).courses(scene.wires);
  const drawing = [
    ...scene.frames.map((frame) => drawFrame(frame, at(frame.id), style)),
    ...scene.wires.map(({ id }) => drawWire(courses.get(id), content.flow, style)),
    ...scene.cards.map((card) => drawCard(card, at(card.id), style)),
    ...scene.wires.map(({ id, label }) => drawLabel(label, courses.get(id)?.label, style)),
    drawCaption(caption, { x: left + MARGIN, y: top + height - 18, width: bounds.width }, style),
  ];
  const svg = element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      width,
      height,
      viewBox: `${round(left)} ${round(top)} ${width} ${height}`,
      role: "img",
      "font-family": fonts.text,
      "font-size": 11.5,
      fill: palette.text,
    },
    [
      `<title>${escapeXml(name)}</title>`,
      caption === "" ? "" : `<desc>${escapeXml(caption)}</desc>`,
      element("rect", { x: left, y: top, width, height, fill: palette.background }),
      ...drawing,
    ]
      .filter((part) => part !== "")
      .join("\n"),
  );
  return { svg: `<?xml version="1.0" encoding="UTF-8"?>\n${svg}\n`, width, height };
}

const round = (value: number): number => Math.round(value * 100) / 100;

interface TextStyle {
  readonly size?: number;
  readonly color?: string;
  readonly isBold?: boolean;
  readonly isMono?: boolean;
  readonly anchor?: "middle" | "end";
}

function text(words: string, x: number, y: number, style: TextStyle = {}): string {
  if (words === "") {
    return "";
  }
  return element(
    "text",
    {
      x,
      y,
      "font-size": style.size,
      "font-weight": style.isBold === true ? 600 : undefined,
      "font-family": style.isMono === true ? fonts.mono : undefined,
      "text-anchor": style.anchor,
      fill: style.color,
      // Blanks inside of names are part of them.
      "xml:space": words.includes("  ") ? "preserve" : undefined,
    },
    escapeXml(words),
  );
}

function glyph(category: Card["category"], x: number, y: number, { categories }: Palette): string {
  const kind = category ?? "unknown";
  const { path, isFilled } = glyphForms[kind];
  return element("path", {
    d: path,
    transform: `translate(${round(x)} ${round(y)})`,
    fill: isFilled === true ? categories[kind] : "none",
    stroke: categories[kind],
    "stroke-width": 1.5,
  });
}

function drawCard(card: Card, place: Rectangle, style: PictureStyle): string {
  const { palette, hasMeasures } = style;
  const { x, y, width } = place;
  const inner = width - 20;
  const isWrong = card.problem?.severity === "error";
  const title = fitText(card.title, inner - 30, 13, "bold");
  const typeRoom = inner - 30 - textWidth(title, 13, "bold");
  const type = typeRoom > 30 ? fitText(t(card.typeTitle), typeRoom, 12, "text") : "";
  const figure = hasMeasures ? card.measured.figure : "";
  const field = hasMeasures && card.receptiveField !== "" ? ` · ${card.receptiveField}` : "";
  const shapeRoom = inner - textWidth(figure, 11.5, "text") - 8;
  return element(
    "g",
    {},
    [
      ...stack(card, place, palette),
      element("rect", {
        ...place,
        rx: 4,
        fill: palette.card,
        stroke: isWrong ? palette.error : palette.line,
        "stroke-dasharray": card.outside === undefined ? undefined : "4 3",
      }),
      hasMeasures ? weight(card, place, palette) : "",
      glyph(card.category, x + 10, y + 9, palette),
      text(title, x + 32, y + 20.5, { size: 13, isBold: true }),
      text(type, x + width - 10, y + 20.5, { size: 12, color: palette.quiet, anchor: "end" }),
      text(fitText(card.options, inner, 11, "mono"), x + 10, y + 39, { size: 11, isMono: true }),
      text(fitText(`${card.shape}${field}`, shapeRoom, 11.5, "text"), x + 10, y + 57, {
        color: palette.quiet,
      }),
      text(figure, x + width - 10, y + 57, { anchor: "end" }),
      badge(card, place, palette),
    ].join(""),
  );
}

/** A block that stands several times in a row lies on the next ones. */
function stack({ repeat }: Card, place: Rectangle, palette: Palette): readonly string[] {
  return repeat > 1
    ? [8, 4].map((shift) =>
        element("rect", {
          ...place,
          x: place.x + shift,
          y: place.y + shift,
          rx: 4,
          fill: palette.card,
          stroke: palette.line,
        }),
      )
    : [];
}

function badge(
  { repeat }: Pick<Card, "repeat">,
  { x, y, width }: Rectangle,
  palette: Palette,
): string {
  if (repeat <= 1) {
    return "";
  }
  const words = `×${repeat}`;
  const size = textWidth(words, 11, "bold") + 12;
  return [
    element("rect", {
      x: x + width + 6 - size,
      y: y - 9,
      width: size,
      height: 18,
      rx: 9,
      fill: palette.categories.block,
    }),
    text(words, x + width + 6 - size / 2, y + 4, {
      size: 11,
      isBold: true,
      anchor: "middle",
      color: palette.background,
    }),
  ].join("");
}

function weight(card: Card, { x, y, width, height }: Rectangle, palette: Palette): string {
  return card.share > 0
    ? element("rect", {
        x: x + 1,
        y: y + height - 3.5,
        width: Math.max(1, (width - 2) * card.share),
        height: 3,
        fill: card.category === "block" ? palette.categories.block : palette.weight,
      })
    : "";
}

function drawFrame(frame: Frame, place: Rectangle, { palette }: PictureStyle): string {
  const { x, y } = place;
  const title = fitText(frame.title, place.width - 130, 13, "bold");
  const width = textWidth(title, 13, "bold");
  return element(
    "g",
    {},
    [
      element("rect", {
        ...place,
        rx: 6,
        fill: palette.text,
        "fill-opacity": 0.03,
        stroke: palette.wire,
        "stroke-dasharray": "5 4",
      }),
      glyph("block", x + 12, y + 10, palette),
      text(title, x + 34, y + 21.5, { size: 13, isBold: true }),
      text(
        [frame.repeat > 1 ? `×${frame.repeat}` : "", t(frame.typeTitle), frame.frozen]
          .filter(Boolean)
          .join("  "),
        x + 42 + width,
        y + 21.5,
        { size: 12, color: palette.quiet },
      ),
    ].join(""),
  );
}

function drawWire(course: Course | undefined, flow: Flow, { palette }: PictureStyle): string {
  if (course === undefined) {
    return "";
  }
  const [x, y] = course.end.map(round);
  // Drawn, not a marker, which many readers of SVG leave out.
  const head = flow === "down" ? `M${x} ${y}l-3.5-7h7Z` : `M${x} ${y}l-7-3.5v7Z`;
  return [
    element("path", { d: course.path, fill: "none", stroke: palette.wire, "stroke-width": 1.4 }),
    element("path", { d: head, fill: palette.wire }),
  ].join("");
}

function drawLabel(label: string, place: Course["label"], { palette }: PictureStyle): string {
  if (label === "" || place === undefined) {
    return "";
  }
  const [x, y] = place;
  const width = textWidth(label, 10.5, "mono") + 6;
  return [
    element("rect", {
      x: x - width / 2,
      y: y - 7,
      width,
      height: 14,
      rx: 3,
      fill: palette.background,
    }),
    text(label, x, y + 3.5, { size: 10.5, isMono: true, anchor: "middle", color: palette.quiet }),
  ].join("");
}

function drawCaption(
  caption: string,
  { x, y, width }: Pick<Rectangle, "x" | "y" | "width">,
  { palette }: PictureStyle,
): string {
  return text(fitText(caption, width, 12, "text"), x, y, { size: 12, color: palette.quiet });
}
