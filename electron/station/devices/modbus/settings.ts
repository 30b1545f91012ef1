import { z } from 'zod';
import { setting } from '../../../../shared/domain/setting.ts';
import { serialSettings, tcpSettings } from '../line-settings.ts';
import { profileNames } from './profiles.ts';

const coil = z.int().min(0).max(255);
const pulseMs = z.int().min(500).max(5000);

const inputSchema = z
  .strictObject({
    input: z
      .int()
      .min(0)
      .max(63)
      .describe('Input of the board, counted from 0')
      .meta(setting('输入口', '从 0 数起：板上的第 1 路填 0', 'Input')),
    role: z
      .string()
      .trim()
      .min(1)
      .max(40)
      .describe('trigger-loop, safety-loop, arm-up, arm-down, or a name of your own')
      .meta(
        setting(
          '用途',
          'trigger-loop 触发地感；safety-loop 防砸地感；arm-up 开到位；arm-down 关到位；其他名称只作记录',
          'Role',
        ),
      ),
    inverted: z
      .boolean()
      .default(false)
      .describe('The contact is closed while nothing is there')
      .meta(setting('常闭', '没有车时触点闭合的，选是', 'Normally closed')),
    mode: z
      .enum(['presence', 'pulse'])
      .default('presence')
      .describe('presence: closed for as long as a car stands there; pulse: closes shortly, once for each car')
      .meta(
        setting('方式', '存在：有车时一直闭合；脉冲：每辆车只闭合一下。触发地感和到位信号必须用存在方式', 'Mode', {
          choices: { presence: 'Presence', pulse: 'Pulse' },
          choicesZh: { presence: '存在', pulse: '脉冲' },
        }),
      ),
  })
  .refine(({ role, mode }) => mode === 'presence' || !PRESENT.includes(role), {
    path: ['mode'],
    error: 'trigger-loop, arm-up and arm-down need an input in presence mode',
  });
export type InputSettings = z.output<typeof inputSchema>;

/** A short pulse does not tell of these what depends on them. */
const PRESENT = ['trigger-loop', 'arm-up', 'arm-down'];

/** What every board has. */
const board = {
  unit: z
    .int()
    .min(1)
    .max(255)
    .default(1)
    .describe('Address of the board on its line, 1 as delivered, on some 255')
    .meta(setting('站号', '继电器板的 Modbus 地址，出厂一般为 1，有的为 255', 'Unit')),
};

/** How its inputs are read. */
const reading = {
  pollMs: z
    .int()
    .min(50)
    .max(1000)
    .default(100)
    .describe('How often the inputs are read')
    .meta(setting('输入巡检间隔（毫秒）', '多久读一次输入口', 'Poll interval (ms)')),
  debounceMs: z
    .int()
    .min(0)
    .max(1000)
    .default(50)
    .describe('A contact counts as changed once it was read the same for so long')
    .meta(setting('去抖时间（毫秒）', '触点保持这么久才算变化', 'Debounce (ms)')),
  stuckMinutes: z
    .int()
    .min(0)
    .max(1440)
    .default(30)
    .describe('A loop that is occupied for longer is reported as stuck; 0: never')
    .meta(setting('地感卡住（分钟）', '地感连续有车超过这么久就报警；0 为不报', 'Stuck after (min)')),
  inputs: z
    .array(inputSchema)
    .max(16)
    .default([])
    .describe('What hangs on the inputs of the board; others are ignored')
    .meta(setting('输入口接线', '输入口上接了什么；没有列出的不理会', 'Inputs')),
};

const relays = {
  profile: z
    .enum(profileNames)
    .default('flash')
    .describe(
      'How the board makes a pulse. write: it makes none, and this program switches on and off: if it or its line fails in between, the relay stays on until it is back',
    )
    .meta(
      setting(
        '板型',
        '闪开：板自己定时断开（地址 0200 起，推荐）；寄存器：写寄存器定时；通断：板没有定时功能，由本程序先通后断——其间程序或线路中断时触点会一直闭合，直到恢复后补发断开',
        'Board model',
        {
          choices: { flash: 'Flash-on coils (0200)', register: 'Register writes (06)', write: 'On and off only' },
          choicesZh: { flash: '闪开（0200）', register: '寄存器定时（06）', write: '只有通断' },
        },
      ),
    ),
  pulseBase: z
    .int()
    .min(0)
    .max(65_000)
    .optional()
    .describe(
      'Address of the pulse of coil 0, where the board has another than its model: 512 for flash, 0 for register',
    )
    .meta(
      setting(
        '脉冲起始地址',
        '第 1 路脉冲的地址，与板型不同时才填：闪开默认 512（0200），寄存器默认 0',
        'Pulse address',
      ),
    ),
  openCoil: coil
    .default(0)
    .describe('Coil wired to the open contact, counted from 0')
    .meta(setting('抬杆继电器', '从 0 数起：板上的第 1 路填 0', 'Open coil')),
  closeCoil: coil
    .optional()
    .describe('Coil wired to the close contact; absent: the barrier closes by itself, and cannot be told to')
    .meta(setting('落杆继电器', '没有接落杆线的不填：由道闸自己落杆，岗亭不能命令落杆', 'Close coil')),
  openPulseMs: pulseMs
    .default(500)
    .describe('Length of the pulse that opens, 500 to 5000')
    .meta(setting('抬杆脉冲（毫秒）', '500 至 5000，按道闸说明书', 'Open pulse (ms)')),
  closePulseMs: pulseMs
    .default(500)
    .describe('Length of the pulse that closes, 500 to 5000; some barriers need 3000')
    .meta(setting('落杆脉冲（毫秒）', '500 至 5000，有的道闸要 3000', 'Close pulse (ms)')),
  hold: z
    .enum(['coil', 'time-ff', 'none'])
    .default('coil')
    .describe('How the arm is held up: the open coil kept on, a pulse of time FF, or not at all')
    .meta(
      setting('常抬方式', '保持：抬杆继电器一直闭合；时间 FF：有的板把 FF 当作一直闭合；无：不能常抬', 'Hold open', {
        choices: { coil: 'Coil kept on', 'time-ff': 'Time FF', none: 'Not possible' },
        choicesZh: { coil: '继电器保持', 'time-ff': '时间 FF', none: '不支持' },
      }),
    ),
  replyMs: z
    .int()
    .min(100)
    .max(2000)
    .default(300)
    .describe('How long an answer of the board is waited for')
    .meta(setting('应答超时（毫秒）', '超过这个时间没有应答，开闸结果记为未知', 'Answer within (ms)')),
};

const arm = { ...board, ...relays, ...reading };

const inputBoard = {
  ...board,
  replyMs: z
    .int()
    .min(100)
    .max(2000)
    .default(300)
    .describe('How long an answer of the board is waited for')
    .meta(
      setting('应答超时（毫秒）', '超过这个时间没有应答算一次读不到；读不到防砸地感时不落杆', 'Answer within (ms)'),
    ),
  ...reading,
};

interface Wiring {
  readonly profile: string;
  readonly hold: string;
  readonly openCoil: number;
  readonly closeCoil?: number | undefined;
  readonly inputs: readonly InputSettings[];
}

interface Fault {
  readonly path: string;
  readonly message: string;
}

function inputFaults(wired: readonly InputSettings[]): readonly Fault[] {
  const roles = wired.map(({ role }) => role);
  const inputs = wired.map(({ input }) => input);
  return [
    ...(new Set(roles).size < roles.length ? [{ path: 'inputs', message: 'two inputs have the same role' }] : []),
    ...(new Set(inputs).size < inputs.length ? [{ path: 'inputs', message: 'the same input stands there twice' }] : []),
  ];
}

/** What cannot be wired like this. */
function faults(wiring: Wiring): readonly Fault[] {
  return [
    ...(wiring.closeCoil === wiring.openCoil ? [{ path: 'closeCoil', message: 'must not be the open coil' }] : []),
    ...(wiring.hold === 'time-ff' && wiring.profile === 'write'
      ? [{ path: 'hold', message: 'a board without pulses knows no time FF' }]
      : []),
    ...inputFaults(wiring.inputs),
  ];
}

const tell = (found: readonly Fault[], ctx: z.RefinementCtx): void => {
  for (const { path, message } of found) ctx.addIssue({ code: 'custom', path: [path], message });
};
const check = (wiring: Wiring, ctx: z.RefinementCtx): void => tell(faults(wiring), ctx);
const checkInputs = ({ inputs }: Pick<Wiring, 'inputs'>, ctx: z.RefinementCtx): void => tell(inputFaults(inputs), ctx);

const network = {
  ...tcpSettings(502),
  transport: z
    .enum(['tcp', 'rtu-over-tcp'])
    .default('tcp')
    .describe('tcp: Modbus TCP; rtu-over-tcp: a serial server passes the frames of the line on as they are')
    .meta(
      setting('传输', 'Modbus TCP：带 MBAP 报文头；RTU over TCP：串口服务器透传', 'Transport', {
        choices: { tcp: 'Modbus TCP', 'rtu-over-tcp': 'RTU over TCP' },
        choicesZh: { tcp: 'Modbus TCP', 'rtu-over-tcp': 'RTU over TCP（透传）' },
      }),
    ),
};

export const rtuSettings = z.strictObject({ ...serialSettings(9600), ...arm }).superRefine(check);
export const tcpBoardSettings = z.strictObject({ ...network, ...arm }).superRefine(check);
export const rtuInputSettings = z.strictObject({ ...serialSettings(9600), ...inputBoard }).superRefine(checkInputs);
export const tcpInputSettings = z.strictObject({ ...network, ...inputBoard }).superRefine(checkInputs);

export type BoardSettings = Omit<z.output<typeof tcpBoardSettings>, 'host' | 'port' | 'transport'>;
export type InputBoardSettings = Omit<z.output<typeof tcpInputSettings>, 'host' | 'port' | 'transport'>;
