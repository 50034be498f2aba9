/** WhatsApp's codes of languages, those of India first. */
export const languages: readonly string[] = [
  'en hi bn gu kn ml mr pa ta te ur',
  'en_US en_GB af sq ar az bg ca zh_CN zh_HK zh_TW hr cs da nl et fil fi fr ka de el ha he hu id',
  'ga it ja kk rw_RW ko ky_KG lo lv lt mk ms nb fa pl pt_BR pt_PT ro ru sr sk sl es es_AR es_ES',
  'es_MX sw sv th tr uk uz vi zu',
].flatMap((codes) => codes.split(' '));
