import { z } from 'zod';
import { ruleName } from '../../../shared/domain/fault-words.ts';
import { deviceKindSchema } from '../../../shared/domain/site.ts';
import { findDriver } from '../devices/registry.ts';
import { platformDefinitions } from '../platforms/registry.ts';

const nodeSchema = z.looseObject({
  titleZh: z.string().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  items: z.unknown().optional(),
});
const roughSchema = z.looseObject({
  devices: z
    .array(
      z.looseObject({ id: z.string(), kind: z.string(), driver: z.string() }).catch({ id: '', kind: '', driver: '' }),
    )
    .catch([]),
  lanes: z.array(z.looseObject({ id: z.string(), name: z.string().catch('') }).catch({ id: '', name: '' })).catch([]),
});

const LISTS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...{ site: '停车场', areas: '区域', lanes: '车道', devices: '设备', platforms: '平台', channels: '收款渠道' },
    ...{ tariffs: '收费规则', lists: '名单', cards: '月租', berths: '泊位', users: '用户' },
  }),
);
const FIELDS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...{ code: '编码', name: '名称', totalSpaces: '总泊位数', openSpaces: '开放泊位数', address: '地址' },
    ...{
      samePlateSeconds: '同车间隔（秒）',
      direction: '方向',
      reversible: '潮汐车道',
      number: '出入口编号',
      area: '通向区域',
    },
    ...{
      camera: '相机',
      exitCamera: '出口相机',
      barrier: '道闸',
      display: '显示屏',
      scanner: '扫码枪',
      printer: '打印机',
      io: '输入板',
    },
    ...{
      tariff: '收费规则',
      spaces: '泊位数',
      parent: '位于',
      driver: '接入方式',
      kind: '种类',
      quotas: '预留车位',
    },
  }),
);

const within = (parts: readonly string[]): string =>
  parts.map((part) => (/^\d+$/.test(part) ? `第 ${Number(part) + 1} 项` : `“${FIELDS.get(part) ?? part}”`)).join('');

/** Settings by the names that their schema gives them: `“消息服务器”“密码”`. */
export function titles(schema: z.ZodType, path: readonly string[]): string {
  let node: unknown = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return path
    .map((part) => {
      const { properties = {}, items } = nodeSchema.safeParse(node).data ?? {};
      const isItem = /^\d+$/.test(part);
      node = isItem ? items : properties[part];
      const title = nodeSchema.safeParse(node).data?.titleZh;
      return isItem ? `第 ${Number(part) + 1} 项` : `“${title ?? FIELDS.get(part) ?? part}”`;
    })
    .join('');
}

/** What a fault is about, in Chinese, by its path in a document: `设备“cam-1”的“地址”`. */
export function fieldName(path: readonly (string | number)[], document: unknown): string {
  const [list = '', item = '', ...rest] = path.map(String);
  const { devices, lanes } = roughSchema.safeParse(document).data ?? { devices: [], lanes: [] };
  if (list === 'site' && item === 'rules') return ruleName(rest);
  if (list === 'devices') {
    const device = devices[Number(item)];
    const driver = drivers(device);
    const about = `设备“${device?.id || Number(item) + 1}”`;
    if (rest.length === 0) return about;
    return `${about}的${driver && rest[0] === 'settings' ? titles(driver, rest.slice(1)) : within(rest)}`;
  }
  if (list === 'platforms') {
    const platform = platformDefinitions.find(({ id }) => id === item);
    return platform && rest.length > 0
      ? `平台“${platform.title}”的${titles(platform.settings, rest)}`
      : `平台“${item}”`;
  }
  if (list === 'lanes') {
    const lane = lanes[Number(item)];
    const about = `车道“${lane?.name || lane?.id || Number(item) + 1}”`;
    return rest.length > 0 ? `${about}的${within(rest)}` : about;
  }
  return `${LISTS.get(list) ?? list}${within([item, ...rest].filter((part) => part !== ''))}`;
}

const drivers = (device: { readonly kind: string; readonly driver: string } | undefined): z.ZodType | undefined =>
  deviceKindSchema.options.flatMap((kind) =>
    kind === device?.kind ? (findDriver(kind, device.driver)?.settings ?? []) : [],
  )[0];
