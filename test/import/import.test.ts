import { App } from '../support/app';
import { contacts, importFile } from './files';

describe('an import', () => {
  let app: App;
  beforeAll(async () => {
    app = await App.start();
  });
  afterAll(() => app?.close());
  beforeEach(() => app.database.query('TRUNCATE leads, customers, suppressions'));

  it('creates contacts with all fields of their kind', async () => {
    const done = await importFile(
      app,
      'name,phone,email,tags,engagementScore,totalSpent,totalOrders,lastOrderAt,externalId\n' +
        'Asha Verma,98765 43210,asha@example.com,vip;new,7,"1,499.50",3,2024-11-05T10:00:00Z,C-1\n' +
        'Ravi,+91 98765 43211,,,,,,,\n',
      { parameters: { fileName: 'people.csv' } },
    );
    expect(done).toMatchObject({
      kind: 'CUSTOMERS',
      fileName: 'people.csv',
      totalRows: 2,
      importedRows: 2,
      createdRows: 2,
      updatedRows: 0,
      failedRows: 0,
      ignoredColumns: [],
    });
    expect(
      await contacts(
        app,
        'customers',
        'name, phone, phone_e164, identity, email, tags, engagement_score, total_spent, total_orders, last_order_at, external_id, attributes',
      ),
    ).toEqual([
      {
        name: 'Asha Verma',
        phone: '98765 43210',
        phone_e164: '+919876543210',
        identity: '+919876543210',
        email: 'asha@example.com',
        tags: ['vip', 'new'],
        engagement_score: 7,
        total_spent: '1499.50',
        total_orders: 3,
        last_order_at: new Date('2024-11-05T10:00:00Z'),
        external_id: 'C-1',
        attributes: {},
      },
      {
        name: 'Ravi',
        phone: '+91 98765 43211',
        phone_e164: '+919876543211',
        identity: '+919876543211',
        email: null,
        tags: [],
        engagement_score: 0,
        total_spent: '0.00',
        total_orders: 0,
        last_order_at: null,
        external_id: null,
        attributes: {},
      },
    ]);
  });
});
