import { describe, expect, it } from 'vitest';
import { createLog } from '../../../electron/station/runtime/log.ts';
import { redact, withoutSecrets } from '../../../electron/station/runtime/redact.ts';

const secrets = {
  password: 'p1',
  pass_wd: 'p2',
  userPrivateKey: 'p3',
  appSecret: 'p4',
  token: 'p5',
  sign: 'p6',
  cipher: 'p7',
  Authorization: 'p8',
  imageFile: 'p9',
};

describe('the log', () => {
  it('writes no secret, at whatever depth it stands', () => {
    const lines: string[] = [];
    const log = createLog((line) => lines.push(line)).child('test');
    log.warn('x', { ...secrets, nested: { list: [secrets] } });
    expect(lines).toHaveLength(1);
    expect(lines[0]).not.toMatch(/p[1-9]/);
    expect(lines[0]).toContain('"scope":"test"');
  });

  it('cuts keys and pictures out of texts that quote them', () => {
    const pem = '-----BEGIN PRIVATE KEY-----\nMIICdg\n-----END PRIVATE KEY-----';
    expect(redact(`bad key ${pem} given`)).toBe('bad key [redacted] given');
    expect(redact(new Error(`photo ${'A'.repeat(400)}`))).toEqual({ name: 'Error', message: 'photo [redacted]' });
  });

  it('does not tell whose car it was, neither in fields nor in words', () => {
    const person = {
      phone: '13800000001',
      ownerPhone: '13800000002',
      owner: '王小明',
      plate: '鲁B12345',
      plateNo: '鲁B12345',
      plates: ['鲁B12345'],
      readPlate: { text: '鲁B12345', color: 'blue' },
      identity: 'WX-778899',
    };
    const lines: string[] = [];
    const log = createLog((line) => lines.push(line));
    log.warn('refused 鲁B12345, call 13800000003', { person, error: 'no stay of 鲁B·D12345' });
    expect(lines.join()).not.toMatch(/鲁|1380000|王小明|WX-/);
    expect(lines.join()).toContain('no stay of [redacted]');
    // A message to a platform is shown to managers: it is about a car.
    expect(withoutSecrets({ plateNo: '鲁B12345', sign: 'p6' })).toEqual({ plateNo: '鲁B12345', sign: '[redacted]' });
  });

  it('keeps what is neither', () => {
    const plain = {
      lane: 'in1',
      count: 3,
      design: 'plain',
      uid: '1001120260301233000000',
      at: 1772379000000,
      plateId: 7,
    };
    expect(redact(plain)).toEqual(plain);
    expect(redact({ plate: null, phoneBound: true })).toEqual({ plate: null, phoneBound: true });
  });
});
