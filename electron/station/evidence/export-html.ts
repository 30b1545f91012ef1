import { createHash } from 'node:crypto';
import type { Evidence } from '../../../shared/contract/evidence.ts';
import * as parts from './export-parts.ts';
import { style } from './export-style.ts';
import { gist, summary } from './export-summary.ts';
import { html, jsonBlock } from './markup.ts';
import { plateText, readable } from './terms.ts';

/** Nothing is loaded from anywhere and nothing runs: what is seen is what is in the file. */
const POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'";

/**
 * The evidence as one HTML file in Chinese, to be read on A4 by somebody who was not there, with the same record for machines
 * inside it.
 */
export function evidenceHtml(evidence: Evidence, contents: parts.PhotoContents): string {
  const photos = asTaken(evidence, contents);
  const { stay, site, anchor } = evidence;
  const broken = evidence.timeline.filter((row) => !row.intact).length;
  const damaged = evidence.photos.filter((photo) => !photos.get(photo.id)).length;
  const whole = broken === 0 && damaged === 0;
  const seal = whole
    ? html`<div class="seal"><b>核对结果：相符</b><br>本文件列出的 ${evidence.timeline.length} 条流水逐条重新计算摘要，全部与登记相符；${evidence.photos.length} 张照片的内容与拍摄时登记的摘要相符。</div>`
    : html`<div class="seal bad"><b>核对结果：不相符</b><br>${evidence.timeline.length} 条流水中有 ${broken} 条的摘要与内容不符；${evidence.photos.length} 张照片中有 ${damaged} 张缺失或与登记的摘要不符。</div>`;
  const document = html`<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>停车记录证据 ${plateText(stay.plate)} ${stay.uid}</title>
<style>${style}</style>
</head>
<body>
<header class="head"><div><h1>停车记录证据</h1><p>${site.name}（编号 ${site.code}）</p><p>导出时间 ${readable(evidence.madeAt)}（北京时间）</p></div><div class="plate">${stay.plate.text || plateText(stay.plate)}</div></header>
${seal}
<h2>一、停车记录</h2>${gist(evidence)}${summary(evidence)}
<h2>二、照片</h2>${parts.photos(evidence, photos)}
<h2>三、车牌识别</h2>${parts.reads(evidence)}
<h2>四、更正与人工处理</h2>${parts.edits(evidence)}
<h2>五、费用计算</h2>${parts.fees(evidence)}
<h2>六、缴费与退款</h2>${parts.money(evidence)}
<h2>七、闸杆动作</h2>${parts.movements(evidence)}
<h2>八、同期的设备、断电与时钟情况</h2>${parts.around(evidence)}
<h2>九、向平台的上报</h2>${parts.messages(evidence)}
<h2>十、经过（按流水顺序）</h2>
<p class="small">下表为全部有关流水。灰底各行不属于本车，是同一车道或全场在同一时间发生的情况。</p>
${parts.timeline(evidence)}
<h2>十一、流水摘要</h2>${parts.chain(evidence)}
<h2>十二、说明与核验方法</h2>
<p class="small">停车场的每一件事实在发生时即写入流水，编号连续，只增不改。每条流水带有一个 SHA-256 摘要，由前一条的摘要和本条的全部内容共同算出；改动、删除、插入或调换任何一条，从该处起摘要即对不上。</p>
<p class="small">核验一：本文件末尾附有机器可读的同一份记录。摘要 = SHA-256（前一条摘要 + JSON 数组 [seq, 以毫秒计的时间, kind, key, laneId, passageId, actor.kind, actor.name, body 的 JSON 文本]），可据此逐条重算。</p>
<p class="small">核验二：在保存原始数据的电脑上执行核验命令（verify），并以下列锚点作为 --expect 参数，可确认导出之后整部流水没有被截断或改写。</p>
<p class="small">锚点（导出时最新一条流水）：<br><span class="h">${anchor.seq}:${anchor.hash}</span></p>
<footer>时间均为北京时间（UTC+8），金额单位为人民币元。“系统”指程序按规则自动处理，未经人工操作。由 Gatehouse 岗亭 ${evidence.version} 生成。</footer>
<script type="application/json" id="evidence">${jsonBlock(evidence)}</script>
</body>
</html>
`;
  return document.text;
}

/** Only pictures that are the ones which the journal tells of; the table of photos is no witness. */
function asTaken(evidence: Evidence, contents: parts.PhotoContents): parts.PhotoContents {
  const digest = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex');
  return new Map(
    evidence.photos.map(({ id, sha256 }) => {
      const content = contents.get(id);
      return [id, content && digest(content) === sha256 ? content : undefined];
    }),
  );
}
