// Lists the documents of a realm by name, through the generated client: node list-documents.js <base> <token> <realm>
import { Configuration, DocumentsApi, ResponseError } from "./typescript-fetch/index";

const [base, token, realmId] = process.argv.slice(2);
const documents = new DocumentsApi(new Configuration({ basePath: base, accessToken: token }));

async function list(): Promise<void> {
    const page = await documents.listDocuments({ realmId, sort: "name", limit: 2 });
    console.log(page.items.map((document) => `${document.name} ${document.state}`).join());
    try {
        await documents.getDocument({ realmId, id: "nobody-s" });
    } catch (error) {
        console.log((await (error as ResponseError).response.json()).code);
    }
}

list();
