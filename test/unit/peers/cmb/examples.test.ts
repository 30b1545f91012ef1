import { describe, expect, test } from 'vitest';
import { type DownName, readForm } from '../../../peers/cmb/index.ts';
import { world } from './support.ts';

/** A whole form of each interface, made by hand with the sample credentials of 3.2. */
const DOWN: [DownName, string][] = [
  ['calc', ['appid=ik45nfuz&park_code=5201030001&out_code=12&sign=6a21454097f38d3ddec746adfd2ae90b'].join('')],
  [
    'pay',
    [
      'appid=ik45nfuz&park_code=9100000008&vpl_number=%E4%BA%ACA12345&record_id=20180917113202192',
      '&bill_id=&pay_time=1537243165',
      '&pay_list=%5B%7B%22pay_type%22%3A99%2C%22amount%22%3A1000%2C%22order%22%3A%2212343535%22%7D%5D',
      '&sign=9e59ffafe5d6b5ef3c4e5882abc5e5ec',
    ].join(''),
  ],
  [
    'autoPayBind',
    [
      'appid=ik45nfuz&park_code=5201020001&vpl_number=%E4%BA%91Z00000&auto_pay_type=0&limiter=50000',
      '&serial_no=&post_url=https%3A%2F%2Fopenmain-uat.park.cmbchina.biz%2Fapi%2FAutoPay',
      '&sign=36668a4a96919379231f5ffd18efbad0',
    ].join(''),
  ],
  [
    'autoPayUnbind',
    ['appid=ik45nfuz&park_code=5201020001&vpl_number=%E4%BA%91Z00000', '&sign=abc9bad2767613e5baa48ae49222b855'].join(
      '',
    ),
  ],
  [
    'NoVpln',
    [
      'appid=ik45nfuz&park_code=5201030001&vpl_number=%E6%97%A0A20190307000001&in_code=3',
      '&sign=a860023a7a347834b60c0e89d86aaa00',
    ].join(''),
  ],
];
const UP: [string, string][] = [
  [
    'AutoPay',
    [
      'appid=ik45nfuz&park_code=3308020001&vpl_number=%E8%8B%8FZZ9871',
      '&record_id=9abcd6006b6b22d56d8c380f475590b3&amount=500',
      '&request_order=a8d74e464958612a4193a8edb9bf1556&sign=ecffb7092b76c9a4eddfc22ff1f38072',
    ].join(''),
  ],
  [
    'SpaceInfo',
    [
      'appid=ik45nfuz&park_code=5201020001&total_empty=700&vip_empty=600&tmp_empty=100',
      '&sign=95e830755bc684d6e8314d95d9883654',
    ].join(''),
  ],
  [
    'Indata',
    [
      'appid=ik45nfuz&park_code=5201020001&in_code=1&vpl_number=%E4%BA%ACA12311',
      '&record_id=20180917113202192&in_time=1537155122&car_type=1&power_type=1&body_color=0',
      '&plate_color=0&logo=&auth_type=0&model=0&owner=&sign=90894834780bc986d00cc9196e353d05',
    ].join(''),
  ],
  [
    'Outdata',
    [
      'appid=ik45nfuz',
      '&charge_items=%5B%7B%22should_pay%22%3A1%2C%22actual_pay%22%3A1%2C%22pay_type%22%3A99%2C%22toll_collector%22%3A%22Doraemon%22%2C%22seq_num%22%3A%22520600NCcLjxR1550560951699014cmb%22%2C%22time%22%3A1550560954%7D%5D',
      '&in_code=1&in_time=1550049030&out_code=1&out_time=1550562547&park_code=4406050001',
      '&record_id=2019213091030&vpl_number=%E6%B5%99C99999&sign=201aa7119bebbf6da981c177425a8f00',
    ].join(''),
  ],
  [
    'AutoPayStatus',
    ['appid=ik45nfuz&park_code=5201020001&vpl_number=%E4%BA%91Z00000', '&sign=abc9bad2767613e5baa48ae49222b855'].join(
      '',
    ),
  ],
  [
    'PicUpload',
    [
      'appid=ik45nfuz&park_code=5201020001&record_id=1234567&in_out_flag=1&pic_con=aGVsbG8rLz09',
      '&sign=cc39f0596bd521c2191fef10d0ebf3b7',
    ].join(''),
  ],
  [
    'ConfigUpload',
    [
      'appid=ik45nfuz&park_code=1101010030&config_items=%7B%22reserved_out_time%22%3A1800%7D',
      '&sign=9aa4ca2a95a65a432742468c7de908bb',
    ].join(''),
  ],
  [
    'PayOrderStatus',
    ['appid=ik45nfuz&park_code=3308020001&request_order=a8d74e46495861', '&sign=5fb09464aae5087e35bcf658b0d57b41'].join(
      '',
    ),
  ],
];

describe('forms made by hand', () => {
  test.each(DOWN)('the bank writes %s the same', async (name, form) => {
    const { appid, sign, park_code: parkCode = '', ...fields } = readForm(Buffer.from(form)).fields;
    const { bank, park } = await world({ parkCode, ...(appid === undefined ? {} : { appid }) });
    await bank.push(name, fields, { retry: false });
    expect(park.heard.map(({ body }) => body)).toEqual([form]);
    expect(park.heard[0]?.fields['sign']).toBe(sign);
  });

  test.each(UP)('the bank reads %s', async (name, form) => {
    const { park_code: parkCode = '' } = readForm(Buffer.from(form)).fields;
    const { bank, park } = await world({ parkCode });
    await park.send(name, {}, { body: form });
    // They belong to no stay here, and nobody signed 无感: only the state has something against them.
    expect(bank.log).toMatchObject([{ interface: name }]);
    expect(bank.violations.filter(({ rule }) => !['order', 'contract', 'money'].includes(rule))).toEqual([]);
  });
});
