import { ImportKind } from './kind';

/** What a column of a file can be. The names are those of the filters. */
export type Field =
  | 'phone'
  | 'externalId'
  | 'bsuid'
  | 'name'
  | 'firstName'
  | 'lastName'
  | 'email'
  | 'tags'
  | 'status'
  | 'quality'
  | 'city'
  | 'state'
  | 'assignedUserId'
  | 'engagementScore'
  | 'totalSpent'
  | 'totalOrders'
  | 'lastOrderAt'
  | 'lastOrderDays'
  | 'reason';

const ofPeople = ['phone', 'externalId', 'bsuid', 'name', 'firstName', 'lastName', 'email', 'tags'] as const;

/** The fields of each kind of file. */
export const fieldsOf: Record<ImportKind, readonly Field[]> = {
  [ImportKind.LEADS]: [...ofPeople, 'status', 'quality', 'city', 'state', 'assignedUserId'],
  [ImportKind.CUSTOMERS]: [
    ...ofPeople,
    'engagementScore',
    'totalSpent',
    'totalOrders',
    'lastOrderAt',
    'lastOrderDays',
  ],
  [ImportKind.OPTOUTS]: ['phone', 'reason'],
};

/**
 * Other names that people give to columns, as {@link headerKey} writes them. Ids of other systems are not among them:
 * whether a column of ids decides who is who must be said, by its name `externalId` or `bsuid` or by the mapping.
 */
const synonyms: Partial<Record<Field, readonly string[]>> = {
  phone: [
    ...[
      'mobile',
      'mobileno',
      'mobilenumber',
      'mobilephone',
      'mobilephonenumber',
      'mob',
      'mobno',
      'mobilenum',
    ],
    ...['phoneno', 'phonenumber', 'phonenum', 'telephone', 'telephonenumber', 'telephoneno', 'tel', 'telno'],
    ...['whatsapp', 'whatsappno', 'whatsappnumber', 'whatsappphone', 'whatsappmobile', 'wanumber', 'waid'],
    ...['contact', 'contactno', 'contactnumber', 'contactphone', 'cell', 'cellphone', 'cellno', 'cellnumber'],
    ...[
      'number',
      'msisdn',
      'handphone',
      'phone1',
      'phone1value',
      'primaryphone',
      'customerphone',
      'leadphone',
    ],
    ...[
      'मोबाइल',
      'मोबाइलनंबर',
      'मोबाइलनम्बर',
      'मोबाइलसंख्या',
      'फोन',
      'फोननंबर',
      'फ़ोन',
      'फ़ोननंबर',
      'संपर्क',
      'संपर्कनंबर',
    ],
    ...['व्हाट्सएप', 'व्हाट्सएपनंबर', 'व्हाट्सऐप', 'व्हाट्सऐपनंबर', 'नंबर'],
    ...['telefono', 'teléfono', 'celular', 'movil', 'móvil', 'telefone', 'telefonnummer', 'telefon', 'handy'],
    ...['nomorhp', 'nohp', 'nomortelepon', 'nomorwa', 'téléphone', 'portable'],
  ],
  name: [
    ...['fullname', 'customername', 'leadname', 'contactname', 'clientname', 'personname', 'displayname'],
    ...[
      'नाम',
      'पूरानाम',
      'ग्राहककानाम',
      'nombre',
      'nombrecompleto',
      'nome',
      'nomecompleto',
      'nama',
      'namalengkap',
    ],
  ],
  firstName: [
    'firstname',
    'fname',
    'givenname',
    'forename',
    'पहलानाम',
    'प्रथमनाम',
    'primeironome',
    'vorname',
    'prénom',
  ],
  lastName: [
    'lastname',
    'lname',
    'surname',
    'familyname',
    'उपनाम',
    'अंतिमनाम',
    'apellido',
    'apellidos',
    'sobrenome',
  ],
  email: [
    ...['emailaddress', 'emailid', 'mail', 'mailid', 'emailaddress1', 'email1', 'customeremail', 'leademail'],
    ...['ईमेल', 'ईमेलपता', 'ईमेलआईडी', 'correo', 'correoelectronico', 'correoelectrónico', 'surel', 'courriel'],
  ],
  tags: ['tag', 'label', 'labels', 'टैग', 'etiquetas', 'etiqueta'],
  status: ['leadstatus', 'stage', 'leadstage', 'स्थिति'],
  quality: ['leadquality', 'temperature', 'leadtemperature', 'गुणवत्ता'],
  city: ['town', 'cityname', 'शहर', 'नगर', 'ciudad', 'cidade', 'kota'],
  state: ['province', 'region', 'statename', 'राज्य', 'प्रदेश', 'estado', 'provinsi'],
  assignedUserId: ['assignedto', 'assigneduser', 'assignee', 'owner', 'leadowner'],
  engagementScore: ['engagement', 'score'],
  totalSpent: ['totalspend', 'spent', 'totalamount', 'lifetimevalue', 'ltv', 'कुलखर्च'],
  totalOrders: ['orders', 'ordercount', 'orderscount', 'numberoforders', 'कुलऑर्डर'],
  lastOrderAt: ['lastorder', 'lastorderdate', 'lastpurchase', 'lastpurchasedate', 'अंतिमऑर्डर'],
  lastOrderDays: ['dayssincelastorder'],
  reason: ['note', 'notes', 'optoutreason', 'कारण'],
};

/** A header as it is compared: without case, blanks and punctuation. */
function headerKey(header: string): string {
  return header
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '');
}

const byKey = new Map(
  Object.entries(synonyms).flatMap(([field, names]) =>
    [field.toLowerCase(), ...names].map((name) => [headerKey(name), field as Field] as const),
  ),
);
byKey.set('externalid', 'externalId').set('bsuid', 'bsuid');

/** The field that a header names by itself or by a common synonym, in a file of this kind. */
export function fieldNamed(header: string, kind: ImportKind): Field | undefined {
  const field = byKey.get(headerKey(header));
  return field && fieldsOf[kind].includes(field) ? field : undefined;
}
