import { raw } from './markup.ts';

/** For A4, black on white: it is read on paper by people who were not there. */
export const style = raw(`
@page { size: A4; margin: 14mm 13mm 16mm; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 184mm; padding: 6mm 0; color: #111; background: #fff;
  font: 10.5pt/1.55 "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", sans-serif; }
h1 { font-size: 19pt; margin: 0; letter-spacing: .06em; }
h2 { font-size: 12.5pt; margin: 7mm 0 2mm; padding-bottom: 1mm; border-bottom: .5mm solid #111; break-after: avoid; }
p { margin: 1.5mm 0; }
.head { display: flex; justify-content: space-between; align-items: flex-end; gap: 8mm; border-bottom: .8mm solid #111; padding-bottom: 3mm; }
.head p { margin: 1mm 0 0; color: #333; }
.plate { font-size: 19pt; font-weight: 700; letter-spacing: .05em; white-space: nowrap; border: .5mm solid #111; border-radius: 1.5mm; padding: 0 3mm; }
.seal { margin: 4mm 0 0; padding: 2.5mm 3.5mm; border: .4mm solid #111; border-left-width: 2mm; break-inside: avoid; }
.seal.bad { border-color: #b00020; background: #fdecee; }
.seal b { font-size: 11.5pt; }
dl { display: grid; grid-template-columns: max-content 1fr max-content 1fr; gap: 1mm 4mm; margin: 2mm 0; }
dt { color: #555; } dd { margin: 0; font-weight: 600; }
table { width: 100%; border-collapse: collapse; margin: 1mm 0 2mm; font-size: 9.3pt; line-height: 1.4; }
th, td { text-align: left; vertical-align: top; padding: 1mm 1.6mm; border: .2mm solid #999; overflow-wrap: anywhere; }
th { background: #eee; font-weight: 600; white-space: nowrap; }
thead { display: table-header-group; } tr { break-inside: avoid; }
.n { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.t { white-space: nowrap; font-variant-numeric: tabular-nums; }
.l { min-width: 20mm; }
ul { margin: 2mm 0; padding-left: 5mm; } li { margin: .5mm 0; }
.sum td { font-weight: 700; background: #f6f6f6; }
.around td { color: #444; background: #fafafa; }
.bad, .bad td { color: #b00020; font-weight: 700; }
.photos { display: grid; grid-template-columns: 1fr 1fr; gap: 4mm; }
figure { margin: 0; border: .2mm solid #999; break-inside: avoid; }
figure img { display: block; width: 100%; height: 54mm; object-fit: contain; background: #222; }
figure .gone { height: 30mm; display: flex; align-items: center; justify-content: center; color: #b00020; font-weight: 700; background: #fdecee; }
figcaption { padding: 1.5mm 2mm; font-size: 9.3pt; line-height: 1.45; }
.h { font: 7.4pt/1.35 "DejaVu Sans Mono", Consolas, monospace; word-break: break-all; }
.none { color: #555; }
.small { font-size: 9pt; color: #333; }
footer { margin-top: 6mm; padding-top: 2mm; border-top: .3mm solid #111; font-size: 9pt; }
@media print { body { padding: 0; max-width: none; } }
`);
