import { problemOf } from '../api/http';

/** What WhatsApp takes as a picture. */
export const pictureTypes = ['image/jpeg', 'image/png'];
export const mostPictureBytes = 5 * 1024 * 1024;

/**
 * Sends a picture to POST /media.
 * @returns the id under which it is kept
 * @throws HttpProblem; a TypeError if the server cannot be reached
 */
export async function uploadPicture(file: File, businessId: string, token: string): Promise<string> {
  const response = await fetch(`/media?businessId=${encodeURIComponent(businessId)}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': file.type },
    body: file,
  });
  const text = await response.text();
  if (response.status !== 201) throw problemOf(response.status, text);
  return (JSON.parse(text) as { mediaId: string }).mediaId;
}
