import { WhatsAppClient } from '../../src/whatsapp/client';
import type { ClientOptions, SendResult } from '../../src/whatsapp/client';

/** The product's client and a short message for tests. */
export class TestClient {
  readonly client: WhatsAppClient;

  constructor(apiUrl: string, options: Partial<ClientOptions> = {}) {
    this.client = new WhatsAppClient({ apiUrl, apiVersion: 'v25.0', connections: 1, ...options });
  }

  send(to = '+911', text = 'Hi'): Promise<SendResult> {
    const credentials = { phoneNumberId: '1', wabaId: '2', accessToken: 'token' };
    return this.client.send(credentials, {
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      to,
      type: 'text',
      text: { body: text },
    });
  }

  close(): void {
    this.client.close();
  }
}
