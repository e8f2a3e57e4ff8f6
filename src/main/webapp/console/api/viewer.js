import { token } from "../lib/session.js";

// Swagger UI, from the WAR. Whoever is signed in to the console in this tab calls the API as themselves.
const viewer = window.SwaggerUIBundle({
  url: "../../openapi?format=json",
  dom_id: "#api",
  deepLinking: true,
  docExpansion: "none",
  defaultModelsExpandDepth: 0,
  validatorUrl: null,
  onComplete: () => {
    if (token()) {
      viewer.preauthorizeApiKey("token", token());
    }
  },
});
