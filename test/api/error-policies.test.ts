import { Role } from '../../src/accounts/viewer';
import { knownCodes } from '../../src/whatsapp/error-catalogue';
import { App } from '../support/app';
import { refusal } from './ask';

const query = `{ errorPolicies { code action text } }`;

describe('errorPolicies', () => {
  let app: App;

  beforeAll(async () => {
    app = await App.start({ workers: 0 });
  });
  afterAll(() => app?.close());

  it('list the action for each known code to a VIEWER, ordered by code', async () => {
    const token = await app.token({ role: Role.VIEWER });
    const { errorPolicies } = await app.data<{
      errorPolicies: { code: number; action: string; text: string }[];
    }>(query, {}, token);
    const codes = errorPolicies.map(({ code }) => code);
    expect(codes).toEqual(knownCodes());
    expect(codes).toEqual(codes.toSorted((a, b) => a - b));
    expect(errorPolicies.filter(({ text }) => text.length < 10)).toEqual([]);
    const actions = Object.fromEntries(errorPolicies.map(({ code, action }) => [code, action]));
    expect(actions).toMatchObject({
      131016: 'RETRY',
      130429: 'THROTTLE',
      131056: 'PAIR',
      131026: 'RECIPIENT',
      131049: 'LATER',
      132015: 'CAMPAIGN',
      131042: 'SENDER',
    });
  });

  it('require a token', async () => {
    expect(await refusal(app, query, {}, null)).toMatchObject({ code: 'UNAUTHENTICATED' });
  });
});
