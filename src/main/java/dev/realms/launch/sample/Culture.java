package dev.realms.launch.sample;

import java.util.Arrays;
import java.util.List;

/** Where a user comes from: names in their own script, each with the Latin letters of the e-mail address. */
enum Culture {
    ENGLISH(
            "en",
            "Grace|grace Owen|owen Ruby|ruby Miles|miles Ivy|ivy",
            "Hartley|hartley O'Brien|obrien Whitcombe|whitcombe Adeyemi|adeyemi",
            "Contract Invoice Handbook Minutes Roadmap Research-Notes Onboarding Audit"),
    GERMAN(
            "de",
            "Jürgen|juergen Käthe|kaethe Anneliese|anneliese Björn|bjoern",
            "Groß|gross Müller|mueller Weißhaupt|weisshaupt Schröder|schroeder",
            "Prüfbericht Lieferschein Übersicht Angebot Maßnahmenplan"),
    FRENCH(
            "fr",
            "Zoé|zoe François|francois Maëlle|maelle Aurélien|aurelien",
            "Lefèvre|lefevre Châtelain|chatelain Noël|noel D'Aubigné|daubigne",
            "Procès-verbal Marché Étude Résumé Façade"),
    SPANISH(
            "es",
            "Íñigo|inigo Lucía|lucia Andrés|andres Begoña|begona",
            "Núñez|nunez Ibáñez|ibanez García-Peña|garcia.pena",
            "Año-fiscal Diseño Informe Reunión Acción"),
    POLISH(
            "pl",
            "Łukasz|lukasz Żaneta|zaneta Michał|michal Święta|swieta",
            "Wójcik|wojcik Dąbrowska|dabrowska Źródło|zrodlo",
            "Umowa Sprawozdanie Załącznik Wyciąg"),
    TURKISH(
            "tr",
            "İrem|irem Çağlar|caglar Işıl|isil Gökçe|gokce",
            "Yıldız|yildiz Öztürk|ozturk Şahin|sahin",
            "Sözleşme Çalışma Özet İhale"),
    VIETNAMESE(
            "vi",
            "Thảo|thao Đức|duc Hương|huong Việt|viet",
            "Nguyễn|nguyen Phạm|pham Đỗ|do",
            "Hợp-đồng Báo-cáo Kế-hoạch"),
    GREEK(
            "el",
            "Ελένη|eleni Νίκος|nikos Αγγελική|angeliki",
            "Παπαδόπουλος|papadopoulos Ιωάννου|ioannou Σταύρου|stavrou",
            "Σύμβαση Έκθεση Πρακτικά Τιμολόγιο"),
    RUSSIAN(
            "ru",
            "Анна|anna Дмитрий|dmitry Семён|semyon Юлия|yulia",
            "Ковалёва|kovaleva Жуков|zhukov Щербак|shcherbak",
            "Договор Отчёт Смета Протокол"),
    ARABIC(
            "ar",
            "ليلى|layla عمر|omar نورة|noura",
            "الحسن|alhassan القاسم|alqasim منصور|mansour",
            "عقد تقرير محضر فاتورة"),
    HEBREW("he", "נועה|noa איתי|itai שירה|shira", "לוי|levi מזרחי|mizrahi ברק|barak", "חוזה דוח סיכום"),
    HINDI(
            "hi",
            "आरव|aarav प्रिया|priya ऋषि|rishi",
            "शर्मा|sharma श्रीवास्तव|srivastava मिश्रा|mishra",
            "अनुबंध प्रतिवेदन बैठक"),
    THAI("th", "สมชาย|somchai ปราณี|pranee", "ศรีสุข|srisuk วงศ์ดี|wongdee", "สัญญา รายงาน แผนงาน"),
    CHINESE("zh", "雪|xue 志强|zhiqiang 雨桐|yutong 欣妍|xinyan", "王|wang 欧阳|ouyang 陈|chen 龚|gong", "合同 年度报告 会议记录 发票"),
    JAPANESE("ja", "さくら|sakura 大輔|daisuke 結衣|yui 𠮷郎|kichiro", "髙橋|takahashi 渡邉|watanabe 佐藤|sato", "契約書 議事録 請求書 報告書"),
    KOREAN("ko", "지우|jiwoo 서연|seoyeon 민준|minjun", "김|kim 박|park 남궁|namgung", "계약서 보고서 회의록");

    private final String language;
    private final List<Word> givenNames;
    private final List<Word> familyNames;
    private final List<String> topics;

    Culture(String language, String givenNames, String familyNames, String topics) {
        this.language = language;
        this.givenNames = words(givenNames);
        this.familyNames = words(familyNames);
        this.topics = List.of(topics.split(" "));
    }

    /** A word in its own script and in Latin letters. */
    private record Word(String written, String latin) {}

    /** @param email unique by the rank in it */
    record Person(String name, String email) {}

    String language() {
        return language;
    }

    Person person(SampleRandom random, long rank) {
        Word given = random.pick(givenNames);
        Word family = random.pick(familyNames);
        String name = switch (this) {
            case CHINESE, JAPANESE, KOREAN -> family.written() + given.written();
            case VIETNAMESE -> family.written() + " " + given.written();
            default -> given.written() + " " + family.written();
        };
        String domain = random.pick(List.of("example.com", "example.org", "example.net"));
        return new Person(name, given.latin() + "." + family.latin() + rank + "@" + domain);
    }

    /** What a document of this user is about. */
    String topic(SampleRandom random) {
        return random.pick(random.chance(0.3) ? ENGLISH.topics : topics);
    }

    private static List<Word> words(String text) {
        return Arrays.stream(text.split(" "))
                .map(entry -> entry.split("\\|"))
                .map(pair -> new Word(pair[0], pair[1]))
                .toList();
    }
}
