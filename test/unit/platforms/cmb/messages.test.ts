import { afterEach, describe, expect, it } from 'vitest';
import { sender } from './support.ts';

/** Each message as it travels, against the examples of the specification written out by hand. */

type Sender = Awaited<ReturnType<typeof sender>>;
let bank: Sender | undefined;
afterEach(async () => {
  await bank?.close();
  bank = undefined;
});

const INDATA = {
  ...{ in_code: 1, vpl_number: '京A12311', record_id: '20180917113202192', in_time: 1_537_155_122, car_type: 1 },
  ...{ power_type: 1, body_color: 0, plate_color: 0, logo: '', auth_type: 0, model: 0, owner: '', in_lane: 'in1' },
};
const OUTDATA = {
  charge_items: [
    {
      ...{ should_pay: 1, actual_pay: 1, pay_type: 99, toll_collector: 'Doraemon' },
      ...{ seq_num: '520600NCcLjxR1550560951699014cmb', time: 1_550_560_954 },
    },
  ],
  ...{ in_code: 1, in_time: 1_550_049_030, out_code: 1, out_time: 1_550_562_547, vpl_number: '浙C99999' },
  ...{ record_id: '2019213091030', in_lane: 'in1', out_lane: 'out1' },
};

describe('on the wire', () => {
  it('an entry is the example of 5.3: empty texts travel unsigned, zeros signed', async () => {
    bank = await sender();
    expect(await bank.send('Indata', INDATA)).toMatchObject({ kind: 'delivered' });
    const [request] = bank.received;
    expect(request).toMatchObject({
      path: '/api/Indata',
      contentType: 'application/x-www-form-urlencoded; charset=UTF-8',
      form: {
        ...{ appid: 'ik45nfuz', park_code: '5201020001', in_code: '1', vpl_number: '京A12311' },
        ...{ record_id: '20180917113202192', in_time: '1537155122', car_type: '1', power_type: '1', body_color: '0' },
        ...{ plate_color: '0', logo: '', auth_type: '0', model: '0', owner: '' },
        sign: '90894834780bc986d00cc9196e353d05',
      },
    });
    expect(request?.text).toContain('vpl_number=%E4%BA%ACA12311');
    expect(request?.form).not.toHaveProperty('in_lane');
  });

  it('a colour that is not known does not travel at all', async () => {
    bank = await sender();
    await bank.send('Indata', { ...INDATA, body_color: null, plate_color: null });
    expect(Object.keys(bank.received[0]?.form ?? {})).not.toEqual(expect.arrayContaining(['body_color']));
    expect(Object.keys(bank.received[0]?.form ?? {})).not.toEqual(expect.arrayContaining(['plate_color']));
  });

  it('an exit is the example of 5.4: its list one compact text in the printed order', async () => {
    bank = await sender({ settings: { parkCode: '4406050001' } });
    expect(await bank.send('Outdata', OUTDATA)).toMatchObject({ kind: 'delivered' });
    expect(bank.received[0]?.form).toEqual({
      ...{ appid: 'ik45nfuz', park_code: '4406050001', in_code: '1', in_time: '1550049030', out_code: '1' },
      ...{ out_time: '1550562547', record_id: '2019213091030', vpl_number: '浙C99999' },
      charge_items:
        '[{"should_pay":1,"actual_pay":1,"pay_type":99,"toll_collector":"Doraemon","seq_num":"520600NCcLjxR1550560951699014cmb","time":1550560954}]',
      sign: '201aa7119bebbf6da981c177425a8f00',
    });
  });

  it('an exit with nothing to tell carries an empty list, and signs it', async () => {
    bank = await sender({ settings: { parkCode: '4406050001' } });
    await bank.send('Outdata', { ...OUTDATA, charge_items: [], out_code: 2 });
    expect(bank.received[0]?.form).toMatchObject({ charge_items: '[]', sign: 'f11b0b827a8e1ee42139425cd9d8cc46' });
  });

  it('a picture is the example of 5.6: signed without its content, encoded once', async () => {
    // 0xff 0xd8 begins a JPEG; its Base64 has all three characters that a form must escape.
    const jpeg = Uint8Array.from([0xff, 0xd8, 0xfb, 0xef, 0xbe, 0xff, 0x3f]);
    bank = await sender({ photos: { read: async () => jpeg } });
    await bank.send('PicUpload', { record_id: '1234567', in_out_flag: 1, photo_id: 'ph_1' });
    const [request] = bank.received;
    expect(request?.form).toEqual({
      ...{ appid: 'ik45nfuz', park_code: '5201020001', record_id: '1234567', in_out_flag: '1' },
      ...{ pic_con: '/9j7777/Pw==', sign: 'cc39f0596bd521c2191fef10d0ebf3b7' },
    });
    expect(request?.text).toContain('pic_con=%2F9j7777%2FPw%3D%3D');
  });

  it('a setting is the example of 5.7: an object as compact text', async () => {
    bank = await sender({ settings: { parkCode: '1101010030' } });
    await bank.send('ConfigUpload', { reserved_out_time: 1800 });
    expect(bank.received[0]?.text).toBe(
      'appid=ik45nfuz&park_code=1101010030&config_items=%7B%22reserved_out_time%22%3A1800%7D&sign=9aa4ca2a95a65a432742468c7de908bb',
    );
  });
});

describe('what comes from the disk', () => {
  it.each([
    ['Indata', { ...INDATA, in_code: 256 }],
    ['Indata', { ...INDATA, car_type: 3 }],
    ['Indata', { ...INDATA, in_time: 1_537_155_122_000 }],
    ['Outdata', { ...OUTDATA, charge_items: [{ ...OUTDATA.charge_items[0], pay_type: 60 }] }],
    ['Outdata', { ...OUTDATA, charge_items: [{ ...OUTDATA.charge_items[0], actual_pay: 0.5 }] }],
    ['Outdata', { ...OUTDATA, charge_items: [{ ...OUTDATA.charge_items[0], seq_num: '' }] }],
    ['PicUpload', { record_id: '1', in_out_flag: 3, photo_id: 'ph_1' }],
    ['ConfigUpload', { reserved_out_time: -1 }],
  ])('does not leave as %s where the table does not allow it', async (name, body) => {
    bank = await sender();
    expect(await bank.send(name, body)).toMatchObject({ kind: 'refused' });
    expect(bank.received).toEqual([]);
  });

  it('waits for a person where a lane has no number of the bank, and leaves once it has', async () => {
    bank = await sender();
    expect(await bank.send('Indata', { ...INDATA, in_code: null })).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining('in1'),
    });
    expect(await bank.send('Outdata', { ...OUTDATA, out_code: null })).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining('out1'),
    });
    await bank.close();
    bank = await sender({ settings: { codes: { gates: { in1: 31, out1: 32 } } } });
    await bank.send('Indata', { ...INDATA, in_code: null });
    await bank.send('Outdata', { ...OUTDATA, out_code: null });
    expect(bank.received.map(({ form }) => [form['in_code'], form['out_code']])).toEqual([
      ['31', undefined],
      ['1', '32'],
    ]);
  });
});
