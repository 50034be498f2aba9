/** Files that people choose. */

/** A picture of one red dot. */
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC',
  'base64',
);

export const picture = (name: string) => ({ name, mimeType: 'image/png', buffer: png });

export const pdf = (name: string) => ({
  name,
  mimeType: 'application/pdf',
  buffer: Buffer.from('%PDF-1.4\n%%EOF'),
});

/** The beginning of a video, by which its type is known. */
export const mp4 = (name: string) => ({
  name,
  mimeType: 'video/mp4',
  buffer: Buffer.from('\0\0\0\x18ftypmp42\0\0\0\0mp42isom', 'latin1'),
});
