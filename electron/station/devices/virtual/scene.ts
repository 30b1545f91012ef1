import type { Plate, PlateColor } from '../../../../shared/domain/plate.ts';
import { encodeJpeg } from './jpeg-encoder.ts';

type Rgb = readonly [number, number, number];

const WIDTH = 480;
const HEIGHT = 288;

/** Paint of made-up cars. */
export const CAR_COLORS: readonly Rgb[] = [
  [224, 226, 228],
  [42, 44, 50],
  [150, 154, 160],
  [168, 32, 36],
  [36, 72, 140],
  [110, 84, 60],
];

const BLACK: Rgb = [24, 24, 26];
const WHITE: Rgb = [248, 248, 248];
const PLATES: Readonly<Record<PlateColor, { readonly ground: Rgb; readonly ink: Rgb }>> = {
  blue: { ground: [20, 70, 190], ink: WHITE },
  yellow: { ground: [245, 195, 30], ink: BLACK },
  white: { ground: WHITE, ink: BLACK },
  black: { ground: BLACK, ink: WHITE },
  green: { ground: [120, 215, 150], ink: BLACK },
  'yellow-green': { ground: [190, 220, 90], ink: BLACK },
  unknown: { ground: [120, 120, 120], ink: [100, 100, 100] },
};

/** Three by five dots a character, one octal digit a row. Characters without a picture are drawn as a frame. */
const GLYPHS =
  '0:75557 1:26227 2:71747 3:71717 4:55711 5:74717 6:74757 7:71122 8:75757 9:75717 A:25755 B:65656 C:34443 D:65556 E:74647 ' +
  'F:74644 G:34553 H:55755 J:11153 K:55655 L:44447 M:57755 N:65555 P:65644 Q:25563 R:65655 S:34216 T:72222 U:55557 V:55552 ' +
  'W:55775 X:55255 Y:55222 Z:71247';
const FONT: ReadonlyMap<string, string> = new Map(
  GLYPHS.split(' ').map((glyph) => [glyph.slice(0, 1), glyph.slice(2)] as const),
);
const FRAME = '77577';

/** Fills a rectangle that lies within the picture. */
type Fill = (left: number, top: number, width: number, height: number, color: Rgb) => void;

/** One car, one colour, wherever it is seen. */
export function paintOf(plate: Plate): Rgb {
  const sum = [...plate.text].reduce((total, letter) => total + (letter.codePointAt(0) ?? 0), 0);
  return CAR_COLORS[sum % CAR_COLORS.length] ?? BLACK;
}

/** A JPEG of a lane, with a car when there is one. The characters of the plate can be read, but for the Chinese ones. */
export function drawScene(car: { readonly plate: Plate; readonly paint: Rgb } | null): Uint8Array {
  const rgb = new Uint8Array(WIDTH * HEIGHT * 3);
  const fill: Fill = (left, top, width, height, color) => {
    const row = Uint8Array.from({ length: width * 3 }, (_, index) => color[index % 3] ?? 0);
    for (let y = top; y < top + height; y++) rgb.set(row, (y * WIDTH + left) * 3);
  };
  fill(0, 0, WIDTH, 96, [176, 200, 220]);
  fill(0, 96, WIDTH, HEIGHT - 96, [96, 98, 100]);
  fill(0, 88, WIDTH, 16, [110, 140, 100]);
  fill(24, 104, 8, HEIGHT - 104, [235, 205, 60]);
  fill(WIDTH - 32, 104, 8, HEIGHT - 104, [235, 205, 60]);
  if (car) {
    drawCar(fill, car.paint);
    drawPlate(fill, car.plate);
  }
  return encodeJpeg({ width: WIDTH, height: HEIGHT, rgb });
}

function drawCar(fill: Fill, paint: Rgb): void {
  fill(96, 256, 48, 24, BLACK);
  fill(336, 256, 48, 24, BLACK);
  fill(136, 48, 208, 80, paint);
  fill(152, 60, 176, 60, [60, 80, 96]);
  fill(80, 128, 320, 136, paint);
  fill(88, 152, 56, 24, [250, 244, 210]);
  fill(336, 152, 56, 24, [250, 244, 210]);
  fill(168, 152, 144, 24, [50, 52, 56]);
  fill(80, 240, 320, 8, [50, 52, 56]);
}

function drawPlate(fill: Fill, plate: Plate): void {
  const { ground, ink } = PLATES[plate.color];
  const characters = [...plate.text].slice(0, 8);
  const dot = 5;
  const pitch = 4 * dot;
  fill(150, 192, 180, 42, ink);
  fill(152, 194, 176, 38, ground);
  const left = 240 - Math.floor((characters.length * pitch - dot) / 2);
  for (const [position, character] of characters.entries())
    for (const [row, bits] of [...(FONT.get(character) ?? FRAME)].entries())
      for (let column = 0; column < 3; column++)
        if ((Number(bits) >> (2 - column)) & 1)
          fill(left + position * pitch + column * dot, 200 + row * dot, dot, dot, ink);
}
