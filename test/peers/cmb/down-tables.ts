/** The tables of chapter 4: names in the order of the document, and which of them must be there. */
export const DOWN = {
  calc: { section: '4.1', fields: ['park_code', 'out_code', 'vpl_number'], required: ['park_code'] },
  pay: {
    section: '4.2',
    fields: ['park_code', 'vpl_number', 'record_id', 'bill_id', 'pay_time', 'pay_list'],
    required: ['park_code', 'vpl_number', 'record_id', 'pay_time', 'pay_list'],
  },
  autoPayBind: {
    section: '4.3',
    fields: ['park_code', 'vpl_number', 'auto_pay_type', 'limiter', 'serial_no', 'post_url'],
    required: ['park_code', 'vpl_number', 'auto_pay_type', 'limiter'],
  },
  autoPayUnbind: { section: '4.4', fields: ['park_code', 'vpl_number'], required: ['park_code', 'vpl_number'] },
  NoVpln: {
    section: '4.5',
    fields: ['park_code', 'vpl_number', 'in_code'],
    required: ['park_code', 'vpl_number', 'in_code'],
  },
} as const satisfies Record<string, { section: string; fields: readonly string[]; required: readonly string[] }>;

export type DownName = keyof typeof DOWN;
