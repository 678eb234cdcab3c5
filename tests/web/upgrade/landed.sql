-- All rows of a small workspace, as its first release (0.1, migrations named in test_upgrade) held them.
INSERT INTO public.accounts_user (password, last_login, id, email, name, is_active, is_administrator, is_example) VALUES ('md5$AswP5qaFdk5BES8kxIPp5Z$b8bdd1bd2a7b7f0749ce22aa31f116a2', '2026-11-24 14:41:26.943233+01', '6ac21315-5a8a-486d-a40c-3287262a2acc', 'beheer@proefregio.nl', 'Beheer Proefregio', true, true, false);
INSERT INTO public.accounts_user (password, last_login, id, email, name, is_active, is_administrator, is_example) VALUES ('md5$NlcyuTGoeo52VyPXswmQu1$45c28e4eec7c3cbe7adf642a531cd82b', '2026-11-24 14:41:28.567261+01', '30baca4d-cb82-4856-80df-dcf49dc93f67', 'contact-borne@voorbeeld.nl', 'contact-borne', true, false, false);
INSERT INTO public.accounts_user (password, last_login, id, email, name, is_active, is_administrator, is_example) VALUES ('md5$4pPXzYeHLckNmDuEhkFBz0$66fbd06937dc3807e71c1fc4d00da778', '2026-11-24 14:41:28.840448+01', '26ad3d11-19f5-479a-9fc8-09c8a915bbd3', 'controller-borne@voorbeeld.nl', 'controller-borne', true, false, false);
INSERT INTO public.accounts_user (password, last_login, id, email, name, is_active, is_administrator, is_example) VALUES ('md5$WnMvJgL8Uqz84ePkmwIkMw$40cb96f5433de1c809f6831825f29a46', '2026-11-24 14:41:31.337956+01', 'f48200d8-4b49-4744-8375-5689d635b31a', 'contact-haaksbergen@voorbeeld.nl', 'contact-haaksbergen', true, false, false);
INSERT INTO public.accounts_user (password, last_login, id, email, name, is_active, is_administrator, is_example) VALUES ('md5$mn1EyCptvm2LEq3ZB54w5N$071c138c8ffbe6e1a961604fe1234592', '2026-11-24 14:41:31.595098+01', '10f55dec-13c7-455f-92a4-079a41146491', 'controller-haaksbergen@voorbeeld.nl', 'controller-haaksbergen', true, false, false);
INSERT INTO public.tenancy_region (id, slug, name, selection, created_at) VALUES ('abb8d67a-6012-4776-a51b-575e07e7e08a', 'proefregio', 'Proefregio', '["GM0147", "GM0158", "GM1735"]', '2026-11-24 14:41:26.191423+01');
INSERT INTO public.tenancy_organisation (id, code, name, slug, region_id) VALUES ('37cb8197-937c-4671-86bc-08d464f32af3', '', 'Regiobureau Proefregio', 'regiobureau', 'abb8d67a-6012-4776-a51b-575e07e7e08a');
INSERT INTO public.tenancy_organisation (id, code, name, slug, region_id) VALUES ('4482aa8a-ba84-4a4f-9589-78ab813a5791', 'GM0147', 'Borne', 'borne', 'abb8d67a-6012-4776-a51b-575e07e7e08a');
INSERT INTO public.tenancy_organisation (id, code, name, slug, region_id) VALUES ('5f5d4e78-36ed-4251-8d19-74397b92845a', 'GM0158', 'Haaksbergen', 'haaksbergen', 'abb8d67a-6012-4776-a51b-575e07e7e08a');
INSERT INTO public.tenancy_organisation (id, code, name, slug, region_id) VALUES ('b9ec6ff0-693d-44d1-b5f2-78596c730f1b', 'GM1735', 'Hof van Twente', 'hof-van-twente', 'abb8d67a-6012-4776-a51b-575e07e7e08a');
INSERT INTO public.intake_answer (id, question, value, unknown, note, price_year, doubt, visibility, changed_at, changed_by_id, organisation_id, region_id) VALUES ('3d3c51f7-5901-46bb-88a0-efcdc453ea16', 'soc.staff', '1,5', false, '', NULL, 'U vult 1,5 fte in; voor een gemeente van uw omvang is dit ongewoon (onze aanname is 0 tot 0,6). Klopt dit?', 'confidential', '2026-11-24 14:41:29.42837+01', '30baca4d-cb82-4856-80df-dcf49dc93f67', '4482aa8a-ba84-4a4f-9589-78ab813a5791', 'abb8d67a-6012-4776-a51b-575e07e7e08a');
INSERT INTO public.intake_answer (id, question, value, unknown, note, price_year, doubt, visibility, changed_at, changed_by_id, organisation_id, region_id) VALUES ('1f97c8c6-4171-4dee-b205-e793647ec293', 'soc.realised', '120000', false, '', NULL, '', 'releasable', '2026-11-24 14:41:29.443572+01', '30baca4d-cb82-4856-80df-dcf49dc93f67', '4482aa8a-ba84-4a4f-9589-78ab813a5791', 'abb8d67a-6012-4776-a51b-575e07e7e08a');
INSERT INTO public.intake_answer (id, question, value, unknown, note, price_year, doubt, visibility, changed_at, changed_by_id, organisation_id, region_id) VALUES ('fdf3fc15-6f9f-4189-8f01-bd520b9cdb4b', 'soc.signed_money', 'controller-borne', false, '', NULL, '', 'confidential', '2026-11-24 14:41:29.847579+01', '26ad3d11-19f5-479a-9fc8-09c8a915bbd3', '4482aa8a-ba84-4a4f-9589-78ab813a5791', 'abb8d67a-6012-4776-a51b-575e07e7e08a');
INSERT INTO public.intake_answer (id, question, value, unknown, note, price_year, doubt, visibility, changed_at, changed_by_id, organisation_id, region_id) VALUES ('46addb16-aa64-4361-83c1-4f84e636b51e', 'soc.signed_on', '2026-11-24', false, '', NULL, '', 'confidential', '2026-11-24 14:41:29.871103+01', '26ad3d11-19f5-479a-9fc8-09c8a915bbd3', '4482aa8a-ba84-4a4f-9589-78ab813a5791', 'abb8d67a-6012-4776-a51b-575e07e7e08a');
INSERT INTO public.intake_answer (id, question, value, unknown, note, price_year, doubt, visibility, changed_at, changed_by_id, organisation_id, region_id) VALUES ('e581aa29-f606-434a-a3d4-4cd7fb287dcf', 'soc.release', 'ja', false, '', NULL, '', 'releasable', '2026-11-24 14:41:30.777156+01', '30baca4d-cb82-4856-80df-dcf49dc93f67', '4482aa8a-ba84-4a4f-9589-78ab813a5791', 'abb8d67a-6012-4776-a51b-575e07e7e08a');
INSERT INTO public.intake_answer (id, question, value, unknown, note, price_year, doubt, visibility, changed_at, changed_by_id, organisation_id, region_id) VALUES ('2eff1207-b9cc-4808-8518-bbbd777a1b9f', 'soc.staff', '1,5', false, '', NULL, 'U vult 1,5 fte in; voor een gemeente van uw omvang is dit ongewoon (onze aanname is 0 tot 0,6). Klopt dit?', 'confidential', '2026-11-24 14:41:32.016703+01', 'f48200d8-4b49-4744-8375-5689d635b31a', '5f5d4e78-36ed-4251-8d19-74397b92845a', 'abb8d67a-6012-4776-a51b-575e07e7e08a');
INSERT INTO public.intake_answer (id, question, value, unknown, note, price_year, doubt, visibility, changed_at, changed_by_id, organisation_id, region_id) VALUES ('23258165-5583-45ad-9515-8ffa9c0868fb', 'soc.realised', '120000', false, '', NULL, '', 'releasable', '2026-11-24 14:41:32.035128+01', 'f48200d8-4b49-4744-8375-5689d635b31a', '5f5d4e78-36ed-4251-8d19-74397b92845a', 'abb8d67a-6012-4776-a51b-575e07e7e08a');
INSERT INTO public.intake_answer (id, question, value, unknown, note, price_year, doubt, visibility, changed_at, changed_by_id, organisation_id, region_id) VALUES ('7e005fe7-4d39-4f9e-b006-30821817d5bd', 'soc.signed_money', 'controller-haaksbergen', false, '', NULL, '', 'confidential', '2026-11-24 14:41:32.404935+01', '10f55dec-13c7-455f-92a4-079a41146491', '5f5d4e78-36ed-4251-8d19-74397b92845a', 'abb8d67a-6012-4776-a51b-575e07e7e08a');
INSERT INTO public.intake_answer (id, question, value, unknown, note, price_year, doubt, visibility, changed_at, changed_by_id, organisation_id, region_id) VALUES ('7b0e408b-a157-4752-9330-6ea08ef064f5', 'soc.signed_on', '2026-11-24', false, '', NULL, '', 'confidential', '2026-11-24 14:41:32.428567+01', '10f55dec-13c7-455f-92a4-079a41146491', '5f5d4e78-36ed-4251-8d19-74397b92845a', 'abb8d67a-6012-4776-a51b-575e07e7e08a');
INSERT INTO public.intake_answer (id, question, value, unknown, note, price_year, doubt, visibility, changed_at, changed_by_id, organisation_id, region_id) VALUES ('db84c6fa-de83-4ad8-b761-e8853411969a', 'soc.release', 'ja', false, '', NULL, '', 'releasable', '2026-11-24 14:41:33.14954+01', 'f48200d8-4b49-4744-8375-5689d635b31a', '5f5d4e78-36ed-4251-8d19-74397b92845a', 'abb8d67a-6012-4776-a51b-575e07e7e08a');
INSERT INTO public.intake_answerchange (id, question, before, after, changed_at, changed_by_id, organisation_id, region_id) VALUES (1, 'soc.staff', NULL, '{"note": "", "value": "1,5", "unknown": false, "price_year": null}', '2026-11-24 14:41:29.302678+01', '30baca4d-cb82-4856-80df-dcf49dc93f67', '4482aa8a-ba84-4a4f-9589-78ab813a5791', 'abb8d67a-6012-4776-a51b-575e07e7e08a');
INSERT INTO public.intake_answerchange (id, question, before, after, changed_at, changed_by_id, organisation_id, region_id) VALUES (2, 'soc.realised', NULL, '{"note": "", "value": "120000", "unknown": false, "price_year": null}', '2026-11-24 14:41:29.302678+01', '30baca4d-cb82-4856-80df-dcf49dc93f67', '4482aa8a-ba84-4a4f-9589-78ab813a5791', 'abb8d67a-6012-4776-a51b-575e07e7e08a');
INSERT INTO public.intake_answerchange (id, question, before, after, changed_at, changed_by_id, organisation_id, region_id) VALUES (3, 'soc.signed_money', NULL, '{"note": "", "value": "controller-borne", "unknown": false, "price_year": null}', '2026-11-24 14:41:29.6697+01', '26ad3d11-19f5-479a-9fc8-09c8a915bbd3', '4482aa8a-ba84-4a4f-9589-78ab813a5791', 'abb8d67a-6012-4776-a51b-575e07e7e08a');
INSERT INTO public.intake_answerchange (id, question, before, after, changed_at, changed_by_id, organisation_id, region_id) VALUES (4, 'soc.signed_on', NULL, '{"note": "", "value": "2026-11-24", "unknown": false, "price_year": null}', '2026-11-24 14:41:29.6697+01', '26ad3d11-19f5-479a-9fc8-09c8a915bbd3', '4482aa8a-ba84-4a4f-9589-78ab813a5791', 'abb8d67a-6012-4776-a51b-575e07e7e08a');
INSERT INTO public.intake_answerchange (id, question, before, after, changed_at, changed_by_id, organisation_id, region_id) VALUES (5, 'soc.release', NULL, '{"note": "", "value": "ja", "unknown": false, "price_year": null}', '2026-11-24 14:41:30.664073+01', '30baca4d-cb82-4856-80df-dcf49dc93f67', '4482aa8a-ba84-4a4f-9589-78ab813a5791', 'abb8d67a-6012-4776-a51b-575e07e7e08a');
INSERT INTO public.intake_answerchange (id, question, before, after, changed_at, changed_by_id, organisation_id, region_id) VALUES (6, 'soc.staff', NULL, '{"note": "", "value": "1,5", "unknown": false, "price_year": null}', '2026-11-24 14:41:31.861795+01', 'f48200d8-4b49-4744-8375-5689d635b31a', '5f5d4e78-36ed-4251-8d19-74397b92845a', 'abb8d67a-6012-4776-a51b-575e07e7e08a');
INSERT INTO public.intake_answerchange (id, question, before, after, changed_at, changed_by_id, organisation_id, region_id) VALUES (7, 'soc.realised', NULL, '{"note": "", "value": "120000", "unknown": false, "price_year": null}', '2026-11-24 14:41:31.861795+01', 'f48200d8-4b49-4744-8375-5689d635b31a', '5f5d4e78-36ed-4251-8d19-74397b92845a', 'abb8d67a-6012-4776-a51b-575e07e7e08a');
INSERT INTO public.intake_answerchange (id, question, before, after, changed_at, changed_by_id, organisation_id, region_id) VALUES (8, 'soc.signed_money', NULL, '{"note": "", "value": "controller-haaksbergen", "unknown": false, "price_year": null}', '2026-11-24 14:41:32.310846+01', '10f55dec-13c7-455f-92a4-079a41146491', '5f5d4e78-36ed-4251-8d19-74397b92845a', 'abb8d67a-6012-4776-a51b-575e07e7e08a');
INSERT INTO public.intake_answerchange (id, question, before, after, changed_at, changed_by_id, organisation_id, region_id) VALUES (9, 'soc.signed_on', NULL, '{"note": "", "value": "2026-11-24", "unknown": false, "price_year": null}', '2026-11-24 14:41:32.310846+01', '10f55dec-13c7-455f-92a4-079a41146491', '5f5d4e78-36ed-4251-8d19-74397b92845a', 'abb8d67a-6012-4776-a51b-575e07e7e08a');
INSERT INTO public.intake_answerchange (id, question, before, after, changed_at, changed_by_id, organisation_id, region_id) VALUES (10, 'soc.release', NULL, '{"note": "", "value": "ja", "unknown": false, "price_year": null}', '2026-11-24 14:41:33.000583+01', 'f48200d8-4b49-4744-8375-5689d635b31a', '5f5d4e78-36ed-4251-8d19-74397b92845a', 'abb8d67a-6012-4776-a51b-575e07e7e08a');
INSERT INTO public.intake_delivery (id, section, given, unknown, open, signed, changed_at, organisation_id, region_id) VALUES ('315fc7ea-4786-40d0-ba51-5a067d1ac59a', 'once', 0, 0, 15, false, '2026-11-24 14:41:30.871966+01', '4482aa8a-ba84-4a4f-9589-78ab813a5791', 'abb8d67a-6012-4776-a51b-575e07e7e08a');
INSERT INTO public.intake_delivery (id, section, given, unknown, open, signed, changed_at, organisation_id, region_id) VALUES ('4e42c3cd-3eae-48ed-aa60-5aeeb1b2043f', 'privacy_officer', 0, 0, 29, false, '2026-11-24 14:41:30.918864+01', '4482aa8a-ba84-4a4f-9589-78ab813a5791', 'abb8d67a-6012-4776-a51b-575e07e7e08a');
INSERT INTO public.intake_delivery (id, section, given, unknown, open, signed, changed_at, organisation_id, region_id) VALUES ('2ef1550d-29e3-4b36-b212-be1322d93816', 'ciso_office', 0, 0, 34, false, '2026-11-24 14:41:30.967432+01', '4482aa8a-ba84-4a4f-9589-78ab813a5791', 'abb8d67a-6012-4776-a51b-575e07e7e08a');
INSERT INTO public.intake_delivery (id, section, given, unknown, open, signed, changed_at, organisation_id, region_id) VALUES ('df53e5ad-34a0-4888-a6d9-cd9d1ee58756', 'soc', 5, 0, 29, false, '2026-11-24 14:41:31.01462+01', '4482aa8a-ba84-4a4f-9589-78ab813a5791', 'abb8d67a-6012-4776-a51b-575e07e7e08a');
INSERT INTO public.intake_delivery (id, section, given, unknown, open, signed, changed_at, organisation_id, region_id) VALUES ('5cee679b-e773-45d4-92af-1bf017a4d3d0', 'data_protection_officer', 0, 0, 33, false, '2026-11-24 14:41:31.043227+01', '4482aa8a-ba84-4a4f-9589-78ab813a5791', 'abb8d67a-6012-4776-a51b-575e07e7e08a');
INSERT INTO public.intake_delivery (id, section, given, unknown, open, signed, changed_at, organisation_id, region_id) VALUES ('8b5623e5-50a1-47b6-bf6f-d84837c64a57', 'ict_infrastructure', 0, 0, 41, false, '2026-11-24 14:41:31.07073+01', '4482aa8a-ba84-4a4f-9589-78ab813a5791', 'abb8d67a-6012-4776-a51b-575e07e7e08a');
INSERT INTO public.intake_delivery (id, section, given, unknown, open, signed, changed_at, organisation_id, region_id) VALUES ('7f708f92-2e53-44a4-b14e-da282b9aaa8d', 'joint_procurement', 0, 0, 51, false, '2026-11-24 14:41:31.094613+01', '4482aa8a-ba84-4a4f-9589-78ab813a5791', 'abb8d67a-6012-4776-a51b-575e07e7e08a');
INSERT INTO public.intake_delivery (id, section, given, unknown, open, signed, changed_at, organisation_id, region_id) VALUES ('a5947b37-3633-4df7-96ab-2809f90e538a', 'woo_team', 0, 0, 34, false, '2026-11-24 14:41:31.118662+01', '4482aa8a-ba84-4a4f-9589-78ab813a5791', 'abb8d67a-6012-4776-a51b-575e07e7e08a');
INSERT INTO public.intake_delivery (id, section, given, unknown, open, signed, changed_at, organisation_id, region_id) VALUES ('7657ee33-2b12-4084-8412-4d4dee9abc2a', 'once', 0, 0, 15, false, '2026-11-24 14:41:33.227675+01', '5f5d4e78-36ed-4251-8d19-74397b92845a', 'abb8d67a-6012-4776-a51b-575e07e7e08a');
INSERT INTO public.intake_delivery (id, section, given, unknown, open, signed, changed_at, organisation_id, region_id) VALUES ('5943eb1f-ad79-438c-9e9d-2d38cc9abde6', 'privacy_officer', 0, 0, 29, false, '2026-11-24 14:41:33.263475+01', '5f5d4e78-36ed-4251-8d19-74397b92845a', 'abb8d67a-6012-4776-a51b-575e07e7e08a');
INSERT INTO public.intake_delivery (id, section, given, unknown, open, signed, changed_at, organisation_id, region_id) VALUES ('065cbfd7-4662-48ac-b182-b6f503349995', 'ciso_office', 0, 0, 34, false, '2026-11-24 14:41:33.298913+01', '5f5d4e78-36ed-4251-8d19-74397b92845a', 'abb8d67a-6012-4776-a51b-575e07e7e08a');
INSERT INTO public.intake_delivery (id, section, given, unknown, open, signed, changed_at, organisation_id, region_id) VALUES ('29b0d5c5-dd22-4340-84b7-2cf7d225f832', 'soc', 5, 0, 29, false, '2026-11-24 14:41:33.330377+01', '5f5d4e78-36ed-4251-8d19-74397b92845a', 'abb8d67a-6012-4776-a51b-575e07e7e08a');
INSERT INTO public.intake_delivery (id, section, given, unknown, open, signed, changed_at, organisation_id, region_id) VALUES ('bc8ee855-93ea-4b24-927e-365f7e314a69', 'data_protection_officer', 0, 0, 33, false, '2026-11-24 14:41:33.358743+01', '5f5d4e78-36ed-4251-8d19-74397b92845a', 'abb8d67a-6012-4776-a51b-575e07e7e08a');
INSERT INTO public.intake_delivery (id, section, given, unknown, open, signed, changed_at, organisation_id, region_id) VALUES ('46ee1c40-871d-4395-9aec-070980562fab', 'ict_infrastructure', 0, 0, 41, false, '2026-11-24 14:41:33.387641+01', '5f5d4e78-36ed-4251-8d19-74397b92845a', 'abb8d67a-6012-4776-a51b-575e07e7e08a');
INSERT INTO public.intake_delivery (id, section, given, unknown, open, signed, changed_at, organisation_id, region_id) VALUES ('9271503a-354f-4986-8455-28e83955954f', 'joint_procurement', 0, 0, 51, false, '2026-11-24 14:41:33.407516+01', '5f5d4e78-36ed-4251-8d19-74397b92845a', 'abb8d67a-6012-4776-a51b-575e07e7e08a');
INSERT INTO public.intake_delivery (id, section, given, unknown, open, signed, changed_at, organisation_id, region_id) VALUES ('c5f5023f-0ebc-40d3-9a9c-66da67cb6843', 'woo_team', 0, 0, 34, false, '2026-11-24 14:41:33.430679+01', '5f5d4e78-36ed-4251-8d19-74397b92845a', 'abb8d67a-6012-4776-a51b-575e07e7e08a');
INSERT INTO public.intake_released (id, question, value, price_year, visibility, released_at, organisation_id, region_id, released_by_id) VALUES ('5eb1fcf6-b8aa-41c5-b3ee-ac8627176c11', 'soc.realised', '120000', NULL, 'releasable', '2026-11-24 14:41:30.755598+01', '4482aa8a-ba84-4a4f-9589-78ab813a5791', 'abb8d67a-6012-4776-a51b-575e07e7e08a', '30baca4d-cb82-4856-80df-dcf49dc93f67');
INSERT INTO public.intake_released (id, question, value, price_year, visibility, released_at, organisation_id, region_id, released_by_id) VALUES ('5eb1d124-2dd6-4446-8ff4-27b04b26b277', 'soc.realised', '120000', NULL, 'releasable', '2026-11-24 14:41:33.110697+01', '5f5d4e78-36ed-4251-8d19-74397b92845a', 'abb8d67a-6012-4776-a51b-575e07e7e08a', 'f48200d8-4b49-4744-8375-5689d635b31a');
INSERT INTO public.intake_signature (id, section, role, signed_at, fingerprint, organisation_id, region_id, signed_by_id) VALUES ('7ed47e44-65ea-4bf5-b4d1-cb9524cbca29', 'soc', 'controller', '2026-11-24 14:41:29.700271+01', '148ca6cbaa1bf0265d97bdad6ae425d859ef630895452c32c66a7ca900d62800', '4482aa8a-ba84-4a4f-9589-78ab813a5791', 'abb8d67a-6012-4776-a51b-575e07e7e08a', '26ad3d11-19f5-479a-9fc8-09c8a915bbd3');
INSERT INTO public.intake_signature (id, section, role, signed_at, fingerprint, organisation_id, region_id, signed_by_id) VALUES ('f5d7aa2e-f4eb-4ad5-aa81-b7c8dcde3ea5', 'soc', 'controller', '2026-11-24 14:41:32.379211+01', '148ca6cbaa1bf0265d97bdad6ae425d859ef630895452c32c66a7ca900d62800', '5f5d4e78-36ed-4251-8d19-74397b92845a', 'abb8d67a-6012-4776-a51b-575e07e7e08a', '10f55dec-13c7-455f-92a4-079a41146491');
INSERT INTO public.studies_studyversion (id, number, text, reason, made_at, made_by_id, region_id, figures) VALUES ('8906c161-1523-4c63-bde0-00b02e6ec2b9', 1, '# Een verkenning van marke voor Borne, Haaksbergen, Hof van Twente.
# Regels met een # ervoor zijn uitleg. Verander wat u wilt en controleer het bestand daarna met:
#   marke studie controleer verkenning.toml

naam = "Verkenning Proefregio"
# De vraag die boven het verslag staat.
vraag = "Zijn gezamenlijke functies voor ICT, informatiebeveiliging en privacy haalbaar en aantrekkelijk?"
# Een regio ("Twente", "veiligheidsregio:Twente", "corop:CR12", "provincie:Zeeland") of een lijst gemeenten.
regio = ["Borne", "Haaksbergen", "Hof van Twente"]
# De gemeente waarvoor het verslag wordt geschreven.
gezichtspunt = "Borne"
# De dag waarop de verkenning kijkt: regels die later bekend werden, tellen niet mee.
peildatum = 2026-11-24
# De dag waarop het samen doen zou moeten beginnen.
gewenste_start = 2028-01-01
# Bedragen staan in euro''s van dit jaar.
prijspeil = 2026
# Het jaar van de inwonertallen (CBS); dit is het laatste jaar dat voor alle gemeenten bekend is.
inwoners_per_1_januari = 2026
# Over zoveel jaar worden kosten vergeleken.
horizon_jaren = 8
# Rente boven de inflatie; een uitgangspunt van deze verkenning, geen feit.
reele_rente = 0.0225
# Hoe vaak de onzekere cijfers worden getrokken: 16 keer een macht van twee.
trekkingen = 8192
# Een ander getal geeft andere trekkingen; hetzelfde getal geeft altijd hetzelfde antwoord.
toevalsgetal = 20261124
# De antwoorden van de gemeenten (marke intake lees). Wat ontbreekt, wordt geschat.
nulmeting = "nulmeting.csv"

[drempels]
# Een besparing telt vanaf dit deel van de kosten alleen.
materialiteit = 0.03
# Zo zeker moet een uitspraak zijn.
kans = 0.80
# Een groep telt als afgehaakt als zij meer dan dit deel van het totaal wint door apart te gaan.
stabiliteit = 0.01
# Zoveel duurder dan alleen, als deel daarvan, mag betere kwaliteit zijn.
kwaliteitsmarge = 0.05
# Op een antwoord wordt gewacht als het dit deel van de kosten alleen waard is.
antwoord = 0.01

# De diensten. Haal een dienst weg die u niet wilt verkennen.

# privacy officer. Beleid, register, DPIA''s, datalekken en verzoeken van inwoners. Niet de functionaris
# gegevensbescherming (FG): die houdt toezicht.
# Niveaus: statutory (wettelijk minimum), basic (basis), ambition (ambitie).
# Zonder ''varianten'' doen mee: service_contract, host, body.
[diensten.privacy_officer]
niveau = "basic"
# varianten = ["service_contract", "host", "body"]
#   service_contract: dienstverlening door een van de gemeenten (contract)
#   host: centrumregeling: een gastheer doet het voor alle deelnemers
#   body: bedrijfsvoeringsorganisatie: een eigen organisatie van de deelnemers

# coördinator informatiebeveiliging (CISO-bureau). CISO, ISMS, BIO2, ENSIA, leveranciers, classificatie en
# bewustwording. De lijn blijft verantwoordelijk voor beveiliging.
# Niveaus: statutory (wettelijk minimum), basic (basis), ambition (ambitie).
# Zonder ''varianten'' doen mee: service_contract, host, body.
[diensten.ciso_office]
niveau = "basic"
# varianten = ["service_contract", "host", "body"]
#   service_contract: dienstverlening door een van de gemeenten (contract)
#   host: centrumregeling: een gastheer doet het voor alle deelnemers
#   body: bedrijfsvoeringsorganisatie: een eigen organisatie van de deelnemers

# regionaal SOC (bewaking van systemen). Dag en nacht letten op aanvallen en ingrijpen. De gemeente blijft
# zelf verantwoordelijk voor ingrijpen en melden.
# Niveaus: statutory (wettelijk minimum), basic (basis), ambition (ambitie).
# Zonder ''varianten'' doen mee: joint_tender, host, body_own.
[diensten.soc]
niveau = "basic"
# varianten = ["joint_tender", "host", "body_own"]
#   joint_tender: gezamenlijke aanbesteding met een klein gezamenlijk team
#   host: centrumregeling: een gastheer doet het voor alle deelnemers
#   body_own: eigen ploeg, dag en nacht, in een bedrijfsvoeringsorganisatie

# functionaris gegevensbescherming (FG). Toezicht, advies bij DPIA''s, jaarverslag en controle op de Wpg. Een
# eigen team met eigen kosten: de FG is onafhankelijk en is nooit privacy officer of CISO. Een tweede FG
# vervangt de eerste.
# Niveaus: statutory (wettelijk minimum), basic (basis), ambition (ambitie).
# Zonder ''varianten'' doen mee: service_contract, host, body.
[diensten.data_protection_officer]
niveau = "basic"
# varianten = ["pool", "service_contract", "host", "body"]
#   pool: pool: medewerkers blijven bij hun gemeente en worden aan de groep uitgeleend
#   service_contract: dienstverlening door een van de gemeenten (contract)
#   joining: aansluiten bij een samenwerking die er al is
#   host: centrumregeling: een gastheer doet het voor alle deelnemers
#   body: bedrijfsvoeringsorganisatie: een eigen organisatie van de deelnemers

# ICT-infrastructuur. Werkplekken, netwerk, servers, servicedesk en storingsdienst. Niet de applicaties zelf
# en hun beheer.
# Niveaus: statutory (wettelijk minimum), basic (basis), ambition (ambitie).
# Zonder ''varianten'' doen mee: host, body.
[diensten.ict_infrastructure]
niveau = "basic"
# varianten = ["service_contract", "host", "body"]
#   service_contract: dienstverlening door een van de gemeenten (contract)
#   joining: aansluiten bij een samenwerking die er al is
#   host: centrumregeling: een gastheer doet het voor alle deelnemers
#   body: bedrijfsvoeringsorganisatie: een eigen organisatie van de deelnemers

# gezamenlijke inkoop van ICT en beveiliging. Samen aanbesteden en contracten beheren in acht categorieën:
# kantoorsoftware, apparaatbeveiliging, bewaking, penetratietesten, bewustwording, ENSIA-audit, laksoftware
# en telefonie. De bedragen zijn het werk én de inkoop; een deel van die inkoop staat ook bij andere
# diensten: tel ze niet op.
# Niveaus: statutory (wettelijk minimum), basic (basis), ambition (ambitie).
# Zonder ''varianten'' doen mee: joint_tender, private_body.
[diensten.joint_procurement]
niveau = "basic"
# varianten = ["joint_tender", "service_contract", "private_body"]
#   joint_tender: gezamenlijke aanbesteding met een klein gezamenlijk team
#   service_contract: dienstverlening door een van de gemeenten (contract)
#   private_body: inkoopbureau van de deelnemers (coöperatie of stichting)

# Woo-team (verzoeken, openbaar maken en lakken). Woo-verzoeken behandelen, actief openbaar maken, lakken en
# de werkwijze daarvoor. Iedere gemeente houdt een eigen contactpersoon en besluit zelf.
# Niveaus: statutory (wettelijk minimum), basic (basis), ambition (ambitie).
# Zonder ''varianten'' doen mee: service_contract, host, body.
[diensten.woo_team]
niveau = "basic"
# varianten = ["exchange", "pool", "service_contract", "host", "body"]
#   exchange: uitruil met gesloten beurzen: ieder doet een deel voor de anderen
#   pool: pool: medewerkers blijven bij hun gemeente en worden aan de groep uitgeleend
#   service_contract: dienstverlening door een van de gemeenten (contract)
#   joining: aansluiten bij een samenwerking die er al is
#   host: centrumregeling: een gastheer doet het voor alle deelnemers
#   body: bedrijfsvoeringsorganisatie: een eigen organisatie van de deelnemers

# De motie of opdracht waarop de documenten antwoord geven. Bij ''vraagt'' past: praten, onderzoeken, informeren
# of begroten.
#
# [motie]
# raad = "gemeenteraad van Borne"
# titel = "waar de motie over gaat"
# datum = 2026-01-15
# termijn = 2026-12-31
# moment = "de kadernota"
# bron = "waar dit staat"
#
# [[motie.punt]]
# sleutel = "1"
# vraagt = "onderzoeken"
# tekst = "te onderzoeken of ..."

# Een blok is één speler: gemeenten die voor een dienst al als één organisatie werken. Zonder ''diensten'' geldt
# het blok voor alle diensten. Haal de # weg om het te gebruiken.
#
# [[blok]]
# naam = "naam van de samenwerking"
# gemeenten = ["Borne", "Haaksbergen"]
# diensten = ["privacy_officer"]
# bron = "waar dit staat"

# Bestaande samenwerking die geen speler is: zij staat in het verslag en verandert geen bedrag.
#
# [[samenwerking]]
# naam = "naam van de samenwerking"
# gemeenten = ["Borne", "Haaksbergen"]
# vorm = "centrumregeling"
# onderwerp = "waar de samenwerking over gaat"
# bron = "waar dit staat"

# Wie mee kan doen, per dienst en variant: zonder de gastheer of boven de capaciteit kan een groep niet. Voor
# de variant ''joining'' (aansluiten) noemt u met samenwerking = "..." een blok of samenwerking van hierboven.
#
# [diensten.privacy_officer.groepen.service_contract]
# gastheer = "Borne"
# capaciteit = 3
', 'Begin van de verkenning', '2026-11-24 14:41:26.865576+01', '6ac21315-5a8a-486d-a40c-3287262a2acc', 'abb8d67a-6012-4776-a51b-575e07e7e08a', '{}');
INSERT INTO public.studies_studyversion (id, number, text, reason, made_at, made_by_id, region_id, figures) VALUES ('de361f6a-3091-4141-86b3-13b474d286a9', 2, '# Een verkenning van marke voor Borne, Haaksbergen, Hof van Twente.
# Regels met een # ervoor zijn uitleg. Verander wat u wilt en controleer het bestand daarna met:
#   marke studie controleer verkenning.toml

naam = "Verkenning Proefregio"
# De vraag die boven het verslag staat.
vraag = "Zijn gezamenlijke functies voor ICT, informatiebeveiliging en privacy haalbaar en aantrekkelijk?"
# Een regio ("Twente", "veiligheidsregio:Twente", "corop:CR12", "provincie:Zeeland") of een lijst gemeenten.
regio = ["Borne", "Haaksbergen", "Hof van Twente"]
# De gemeente waarvoor het verslag wordt geschreven.
gezichtspunt = "Borne"
# De dag waarop de verkenning kijkt: regels die later bekend werden, tellen niet mee.
peildatum = 2026-11-24
# De dag waarop het samen doen zou moeten beginnen.
gewenste_start = 2028-01-01
# Bedragen staan in euro''s van dit jaar.
prijspeil = 2026
# Het jaar van de inwonertallen (CBS); dit is het laatste jaar dat voor alle gemeenten bekend is.
inwoners_per_1_januari = 2026
# Over zoveel jaar worden kosten vergeleken.
horizon_jaren = 8
# Rente boven de inflatie; een uitgangspunt van deze verkenning, geen feit.
reele_rente = 0.0225
# Hoe vaak de onzekere cijfers worden getrokken: 16 keer een macht van twee.
trekkingen = 8192
# Een ander getal geeft andere trekkingen; hetzelfde getal geeft altijd hetzelfde antwoord.
toevalsgetal = 20261124
# De antwoorden van de gemeenten (marke intake lees). Wat ontbreekt, wordt geschat.
nulmeting = "nulmeting.csv"

[drempels]
# Een besparing telt vanaf dit deel van de kosten alleen.
materialiteit = 0.03
# Zo zeker moet een uitspraak zijn.
kans = 0.80
# Een groep telt als afgehaakt als zij meer dan dit deel van het totaal wint door apart te gaan.
stabiliteit = 0.01
# Zoveel duurder dan alleen, als deel daarvan, mag betere kwaliteit zijn.
kwaliteitsmarge = 0.05
# Op een antwoord wordt gewacht als het dit deel van de kosten alleen waard is.
antwoord = 0.01

# De diensten. Haal een dienst weg die u niet wilt verkennen.

# privacy officer. Beleid, register, DPIA''s, datalekken en verzoeken van inwoners. Niet de functionaris
# gegevensbescherming (FG): die houdt toezicht.
# Niveaus: statutory (wettelijk minimum), basic (basis), ambition (ambitie).
# Zonder ''varianten'' doen mee: service_contract, host, body.
[diensten.privacy_officer]
niveau = "basic"
# varianten = ["service_contract", "host", "body"]
#   service_contract: dienstverlening door een van de gemeenten (contract)
#   host: centrumregeling: een gastheer doet het voor alle deelnemers
#   body: bedrijfsvoeringsorganisatie: een eigen organisatie van de deelnemers

# coördinator informatiebeveiliging (CISO-bureau). CISO, ISMS, BIO2, ENSIA, leveranciers, classificatie en
# bewustwording. De lijn blijft verantwoordelijk voor beveiliging.
# Niveaus: statutory (wettelijk minimum), basic (basis), ambition (ambitie).
# Zonder ''varianten'' doen mee: service_contract, host, body.
[diensten.ciso_office]
niveau = "basic"
# varianten = ["service_contract", "host", "body"]
#   service_contract: dienstverlening door een van de gemeenten (contract)
#   host: centrumregeling: een gastheer doet het voor alle deelnemers
#   body: bedrijfsvoeringsorganisatie: een eigen organisatie van de deelnemers

# regionaal SOC (bewaking van systemen). Dag en nacht letten op aanvallen en ingrijpen. De gemeente blijft
# zelf verantwoordelijk voor ingrijpen en melden.
# Niveaus: statutory (wettelijk minimum), basic (basis), ambition (ambitie).
# Zonder ''varianten'' doen mee: joint_tender, host, body_own.
[diensten.soc]
niveau = "basic"
# varianten = ["joint_tender", "host", "body_own"]
#   joint_tender: gezamenlijke aanbesteding met een klein gezamenlijk team
#   host: centrumregeling: een gastheer doet het voor alle deelnemers
#   body_own: eigen ploeg, dag en nacht, in een bedrijfsvoeringsorganisatie

# functionaris gegevensbescherming (FG). Toezicht, advies bij DPIA''s, jaarverslag en controle op de Wpg. Een
# eigen team met eigen kosten: de FG is onafhankelijk en is nooit privacy officer of CISO. Een tweede FG
# vervangt de eerste.
# Niveaus: statutory (wettelijk minimum), basic (basis), ambition (ambitie).
# Zonder ''varianten'' doen mee: service_contract, host, body.
[diensten.data_protection_officer]
niveau = "basic"
# varianten = ["pool", "service_contract", "host", "body"]
#   pool: pool: medewerkers blijven bij hun gemeente en worden aan de groep uitgeleend
#   service_contract: dienstverlening door een van de gemeenten (contract)
#   joining: aansluiten bij een samenwerking die er al is
#   host: centrumregeling: een gastheer doet het voor alle deelnemers
#   body: bedrijfsvoeringsorganisatie: een eigen organisatie van de deelnemers

# ICT-infrastructuur. Werkplekken, netwerk, servers, servicedesk en storingsdienst. Niet de applicaties zelf
# en hun beheer.
# Niveaus: statutory (wettelijk minimum), basic (basis), ambition (ambitie).
# Zonder ''varianten'' doen mee: host, body.
[diensten.ict_infrastructure]
niveau = "basic"
# varianten = ["service_contract", "host", "body"]
#   service_contract: dienstverlening door een van de gemeenten (contract)
#   joining: aansluiten bij een samenwerking die er al is
#   host: centrumregeling: een gastheer doet het voor alle deelnemers
#   body: bedrijfsvoeringsorganisatie: een eigen organisatie van de deelnemers

# gezamenlijke inkoop van ICT en beveiliging. Samen aanbesteden en contracten beheren in acht categorieën:
# kantoorsoftware, apparaatbeveiliging, bewaking, penetratietesten, bewustwording, ENSIA-audit, laksoftware
# en telefonie. De bedragen zijn het werk én de inkoop; een deel van die inkoop staat ook bij andere
# diensten: tel ze niet op.
# Niveaus: statutory (wettelijk minimum), basic (basis), ambition (ambitie).
# Zonder ''varianten'' doen mee: joint_tender, private_body.
[diensten.joint_procurement]
niveau = "basic"
# varianten = ["joint_tender", "service_contract", "private_body"]
#   joint_tender: gezamenlijke aanbesteding met een klein gezamenlijk team
#   service_contract: dienstverlening door een van de gemeenten (contract)
#   private_body: inkoopbureau van de deelnemers (coöperatie of stichting)

# Woo-team (verzoeken, openbaar maken en lakken). Woo-verzoeken behandelen, actief openbaar maken, lakken en
# de werkwijze daarvoor. Iedere gemeente houdt een eigen contactpersoon en besluit zelf.
# Niveaus: statutory (wettelijk minimum), basic (basis), ambition (ambitie).
# Zonder ''varianten'' doen mee: service_contract, host, body.
[diensten.woo_team]
niveau = "basic"
# varianten = ["exchange", "pool", "service_contract", "host", "body"]
#   exchange: uitruil met gesloten beurzen: ieder doet een deel voor de anderen
#   pool: pool: medewerkers blijven bij hun gemeente en worden aan de groep uitgeleend
#   service_contract: dienstverlening door een van de gemeenten (contract)
#   joining: aansluiten bij een samenwerking die er al is
#   host: centrumregeling: een gastheer doet het voor alle deelnemers
#   body: bedrijfsvoeringsorganisatie: een eigen organisatie van de deelnemers

# De motie of opdracht waarop de documenten antwoord geven. Bij ''vraagt'' past: praten, onderzoeken, informeren
# of begroten.
#
# [motie]
# raad = "gemeenteraad van Borne"
# titel = "waar de motie over gaat"
# datum = 2026-01-15
# termijn = 2026-12-31
# moment = "de kadernota"
# bron = "waar dit staat"
#
# [[motie.punt]]
# sleutel = "1"
# vraagt = "onderzoeken"
# tekst = "te onderzoeken of ..."

# Een blok is één speler: gemeenten die voor een dienst al als één organisatie werken. Zonder ''diensten'' geldt
# het blok voor alle diensten. Haal de # weg om het te gebruiken.
#
# [[blok]]
# naam = "naam van de samenwerking"
# gemeenten = ["Borne", "Haaksbergen"]
# diensten = ["privacy_officer"]
# bron = "waar dit staat"

# Bestaande samenwerking die geen speler is: zij staat in het verslag en verandert geen bedrag.
#
# [[samenwerking]]
# naam = "naam van de samenwerking"
# gemeenten = ["Borne", "Haaksbergen"]
# vorm = "centrumregeling"
# onderwerp = "waar de samenwerking over gaat"
# bron = "waar dit staat"

# Wie mee kan doen, per dienst en variant: zonder de gastheer of boven de capaciteit kan een groep niet. Voor
# de variant ''joining'' (aansluiten) noemt u met samenwerking = "..." een blok of samenwerking van hierboven.
#
# [diensten.privacy_officer.groepen.service_contract]
# gastheer = "Borne"
# capaciteit = 3
', 'Cijfer vervangen: extra overhead bij een eigen medewerker. Eigen meting', '2026-11-24 14:41:33.540497+01', '6ac21315-5a8a-486d-a40c-3287262a2acc', 'abb8d67a-6012-4776-a51b-575e07e7e08a', '{"figures.overhead_own": {"low": 10.0, "high": 14.0, "mode": 12.0, "source": "Eigen meting"}}');
INSERT INTO public.tenancy_event (id, happened_at, action, subject, result, origin, user_id, organisation_id, region_id) VALUES (1, '2026-11-24 14:41:26.246676+01', 'regio gemaakt', 'Proefregio', 'gelukt', '', '6ac21315-5a8a-486d-a40c-3287262a2acc', '37cb8197-937c-4671-86bc-08d464f32af3', 'abb8d67a-6012-4776-a51b-575e07e7e08a');
INSERT INTO public.tenancy_event (id, happened_at, action, subject, result, origin, user_id, organisation_id, region_id) VALUES (2, '2026-11-24 14:41:28.604518+01', 'uitnodiging aangenomen', 'Contactpersoon', 'gelukt', '', '30baca4d-cb82-4856-80df-dcf49dc93f67', '4482aa8a-ba84-4a4f-9589-78ab813a5791', 'abb8d67a-6012-4776-a51b-575e07e7e08a');
INSERT INTO public.tenancy_event (id, happened_at, action, subject, result, origin, user_id, organisation_id, region_id) VALUES (3, '2026-11-24 14:41:28.893838+01', 'uitnodiging aangenomen', 'Controller', 'gelukt', '', '26ad3d11-19f5-479a-9fc8-09c8a915bbd3', '4482aa8a-ba84-4a4f-9589-78ab813a5791', 'abb8d67a-6012-4776-a51b-575e07e7e08a');
INSERT INTO public.tenancy_event (id, happened_at, action, subject, result, origin, user_id, organisation_id, region_id) VALUES (4, '2026-11-24 14:41:30.627213+01', 'ondertekend', 'soc als Controller', 'gelukt', '127.0.0.1', '26ad3d11-19f5-479a-9fc8-09c8a915bbd3', '4482aa8a-ba84-4a4f-9589-78ab813a5791', 'abb8d67a-6012-4776-a51b-575e07e7e08a');
INSERT INTO public.tenancy_event (id, happened_at, action, subject, result, origin, user_id, organisation_id, region_id) VALUES (5, '2026-11-24 14:41:31.123576+01', 'vrijgegeven', 'soc', '1 cijfers', '127.0.0.1', '30baca4d-cb82-4856-80df-dcf49dc93f67', '4482aa8a-ba84-4a4f-9589-78ab813a5791', 'abb8d67a-6012-4776-a51b-575e07e7e08a');
INSERT INTO public.tenancy_event (id, happened_at, action, subject, result, origin, user_id, organisation_id, region_id) VALUES (6, '2026-11-24 14:41:31.38853+01', 'uitnodiging aangenomen', 'Contactpersoon', 'gelukt', '', 'f48200d8-4b49-4744-8375-5689d635b31a', '5f5d4e78-36ed-4251-8d19-74397b92845a', 'abb8d67a-6012-4776-a51b-575e07e7e08a');
INSERT INTO public.tenancy_event (id, happened_at, action, subject, result, origin, user_id, organisation_id, region_id) VALUES (7, '2026-11-24 14:41:31.677782+01', 'uitnodiging aangenomen', 'Controller', 'gelukt', '', '10f55dec-13c7-455f-92a4-079a41146491', '5f5d4e78-36ed-4251-8d19-74397b92845a', 'abb8d67a-6012-4776-a51b-575e07e7e08a');
INSERT INTO public.tenancy_event (id, happened_at, action, subject, result, origin, user_id, organisation_id, region_id) VALUES (8, '2026-11-24 14:41:32.967694+01', 'ondertekend', 'soc als Controller', 'gelukt', '127.0.0.1', '10f55dec-13c7-455f-92a4-079a41146491', '5f5d4e78-36ed-4251-8d19-74397b92845a', 'abb8d67a-6012-4776-a51b-575e07e7e08a');
INSERT INTO public.tenancy_event (id, happened_at, action, subject, result, origin, user_id, organisation_id, region_id) VALUES (9, '2026-11-24 14:41:33.451898+01', 'vrijgegeven', 'soc', '1 cijfers', '127.0.0.1', 'f48200d8-4b49-4744-8375-5689d635b31a', '5f5d4e78-36ed-4251-8d19-74397b92845a', 'abb8d67a-6012-4776-a51b-575e07e7e08a');
INSERT INTO public.tenancy_invitation (id, email, role, fingerprint, expires_at, accepted_at, invited_by_id, organisation_id, region_id, questions) VALUES ('6c690469-5a28-4dfe-93a0-bb1d335331f5', 'contact-borne@voorbeeld.nl', 'contact', '6a328cd2e752287ef4e93cb264be077532d5e6051dea2f408c47cc6d094571bf', '2026-12-08 14:41:28.209525+01', '2026-11-24 14:41:28.569812+01', '6ac21315-5a8a-486d-a40c-3287262a2acc', '4482aa8a-ba84-4a4f-9589-78ab813a5791', 'abb8d67a-6012-4776-a51b-575e07e7e08a', '[]');
INSERT INTO public.tenancy_invitation (id, email, role, fingerprint, expires_at, accepted_at, invited_by_id, organisation_id, region_id, questions) VALUES ('6c999c74-8f11-4be3-adbb-ba1c4238e960', 'controller-borne@voorbeeld.nl', 'controller', 'dbe350c3685ca0327435177bf74b4eb3d2c1b02e9e3fc8be632e16043e23d349', '2026-12-08 14:41:28.676345+01', '2026-11-24 14:41:28.866548+01', '30baca4d-cb82-4856-80df-dcf49dc93f67', '4482aa8a-ba84-4a4f-9589-78ab813a5791', 'abb8d67a-6012-4776-a51b-575e07e7e08a', '[]');
INSERT INTO public.tenancy_invitation (id, email, role, fingerprint, expires_at, accepted_at, invited_by_id, organisation_id, region_id, questions) VALUES ('75bf89cb-9b1a-430f-89e6-77266d4007fc', 'contact-haaksbergen@voorbeeld.nl', 'contact', '9484102400cdedf14bc9156d77c31f0b735997ba3b46dc1bcd2b2061b79cddc0', '2026-12-08 14:41:31.1834+01', '2026-11-24 14:41:31.374661+01', '6ac21315-5a8a-486d-a40c-3287262a2acc', '5f5d4e78-36ed-4251-8d19-74397b92845a', 'abb8d67a-6012-4776-a51b-575e07e7e08a', '[]');
INSERT INTO public.tenancy_invitation (id, email, role, fingerprint, expires_at, accepted_at, invited_by_id, organisation_id, region_id, questions) VALUES ('da47d2e4-39ae-48f2-9e37-24d5b2edc54e', 'controller-haaksbergen@voorbeeld.nl', 'controller', '223f3a1f551656fe27b86a15bffbb943d017bf44649198459e3c788c6cf6eca1', '2026-12-08 14:41:31.462393+01', '2026-11-24 14:41:31.615073+01', 'f48200d8-4b49-4744-8375-5689d635b31a', '5f5d4e78-36ed-4251-8d19-74397b92845a', 'abb8d67a-6012-4776-a51b-575e07e7e08a', '[]');
INSERT INTO public.tenancy_membership (id, role, starts_on, ends_on, user_id, organisation_id, region_id, questions) VALUES ('086763f5-bb54-4fc8-80d8-3a795859a4ec', 'administrator', '2026-11-24', NULL, '6ac21315-5a8a-486d-a40c-3287262a2acc', '37cb8197-937c-4671-86bc-08d464f32af3', 'abb8d67a-6012-4776-a51b-575e07e7e08a', '[]');
INSERT INTO public.tenancy_membership (id, role, starts_on, ends_on, user_id, organisation_id, region_id, questions) VALUES ('c585a030-248e-49e2-b723-1fc94d5b6c67', 'contact', '2026-11-24', NULL, '30baca4d-cb82-4856-80df-dcf49dc93f67', '4482aa8a-ba84-4a4f-9589-78ab813a5791', 'abb8d67a-6012-4776-a51b-575e07e7e08a', '[]');
INSERT INTO public.tenancy_membership (id, role, starts_on, ends_on, user_id, organisation_id, region_id, questions) VALUES ('f92bbd2b-5b63-4e00-baf6-4762c72c4998', 'controller', '2026-11-24', NULL, '26ad3d11-19f5-479a-9fc8-09c8a915bbd3', '4482aa8a-ba84-4a4f-9589-78ab813a5791', 'abb8d67a-6012-4776-a51b-575e07e7e08a', '[]');
INSERT INTO public.tenancy_membership (id, role, starts_on, ends_on, user_id, organisation_id, region_id, questions) VALUES ('e2d7ec17-d5f2-4127-94d2-42eda4c499a7', 'contact', '2026-11-24', NULL, 'f48200d8-4b49-4744-8375-5689d635b31a', '5f5d4e78-36ed-4251-8d19-74397b92845a', 'abb8d67a-6012-4776-a51b-575e07e7e08a', '[]');
INSERT INTO public.tenancy_membership (id, role, starts_on, ends_on, user_id, organisation_id, region_id, questions) VALUES ('6b3795a2-7ed4-4bcf-9b71-c6fc093c8ce6', 'controller', '2026-11-24', NULL, '10f55dec-13c7-455f-92a4-079a41146491', '5f5d4e78-36ed-4251-8d19-74397b92845a', 'abb8d67a-6012-4776-a51b-575e07e7e08a', '[]');
SELECT pg_catalog.setval('public.intake_answerchange_id_seq', 10, true);
SELECT pg_catalog.setval('public.intake_regionaltotal_id_seq', 1, false);
SELECT pg_catalog.setval('public.intake_totalbasis_id_seq', 1, false);
SELECT pg_catalog.setval('public.tenancy_event_id_seq', 9, true);
