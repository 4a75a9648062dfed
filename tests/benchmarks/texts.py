"""French posts about a course, well spelled, all different, from a seed. Standard library only: peers import it."""

from __future__ import annotations

import random

WORDS_A_POST = 120


def _split(text: str) -> list[str]:
    return [" ".join(piece.split()) for piece in text.split("|")]


OPENINGS = _split(
    """Bonjour à toutes et à tous | À mon avis | De mon côté | Si je comprends bien | En relisant mes notes |
    Pour commencer | Ensuite | Par ailleurs | Dans mon cas | Pour répondre à la question | Cette fois encore |
    En pratique | Au premier abord | Plus loin | À la relecture | Chez nous | Hier soir encore | Comme souvent |
    En résumé | Sur ce point"""
)
SUBJECTS = _split(
    """la vidéo de la semaine | le schéma du chapitre | notre exemple du tableau | l'exercice sur les fractions |
    le forum du module | le résumé de la leçon | cette partie du cours | le deuxième document | l'énoncé du devoir |
    la carte des régions | la frise du siècle | le graphique des ventes | l'extrait du roman | la fiche de lecture |
    le professeur | la correction du questionnaire | la question de mon voisin | le tableau des résultats |
    la méthode du cours | mon groupe de travail | l'introduction du module | le témoignage de la semaine |
    la lecture conseillée | le calcul de la moyenne | cette définition | la conclusion du dossier |
    le détail de la carte | le programme de simulation | la consigne du devoir | le texte de la leçon"""
)
VERBS = _split(
    """montre | explique | rappelle | précise | illustre | résume | complète | éclaire | décrit | présente | confirme |
    souligne | aborde | détaille | annonce | reprend | développe | justifie | évoque | nuance"""
)
OBJECTS = _split(
    """la différence | le rôle | la place | le passage | la cause | l'usage | la formation | la mesure | le partage |
    la notion | le choix | la lecture | la limite | la preuve | le sens | la règle | l'origine | le poids | la durée |
    la condition | la structure | la valeur | l'importance | le mouvement | la vitesse | le cycle | la force |
    l'entretien | la gestion | la rencontre | le début | la fin | l'histoire | la forme | le rythme | la couleur |
    le prix | la suite | le but | la logique"""
)
COMPLEMENTS = _split(
    """de la marge | du narrateur | du singulier | de la crise | du conditionnel | des nuages | de la température |
    des tâches | du risque | de l'échelle | de la carte | du modèle | de l'exemple | du mot | du calcul |
    de la coutume | de la tradition | du voyage | de l'époque | de la phrase | du silence | du public |
    de la foule | de la lumière |
    de la plante | du vent | du jardin | du budget | du village | de la ville | du fleuve | de la mesure | du dessin |
    de la vente | du client | du poème | de la scène | du siècle | de la machine | du marché | de la forêt | du climat |
    de la mémoire | du langage | de l'image | du texte | de la voix | du temps | de l'espace | du groupe"""
)
CIRCUMSTANCES = _split(
    """avec un exemple | dans la partie | pour une personne | sans aucun détail | à la fin | avant la pause |
    avec une image | comme la leçon | selon le texte | pendant une heure | avec beaucoup | dans un langage |
    à partir | malgré la difficulté | pour la fois | depuis le début | avec un dessin | après une discussion |
    sous la forme | en quelques lignes | devant la classe | au sujet | pour un devoir | avec une précision"""
)
DETAILS = _split(
    """concret | suivante | débutante | inutile | de séance | de midi | simple | précédente | original | et demie |
    de patience | très clair | de nos réponses | réelle | suivante encore | du mois | rapide | assez longue | proposée |
    bien choisies | entière | de notre ville | final | étonnante | sans attendre | ou presque | en effet | au fond"""
)


def make_title(seed: int) -> str:
    """A title, different for each seed."""
    choose = random.Random(f"title {seed}").choice  # noqa: S311 - data, not secrets
    return f"Question {seed + 1} : {choose(SUBJECTS)} et {choose(OBJECTS)} {choose(COMPLEMENTS)}"


def make_post(seed: str) -> str:
    """A post of about WORDS_A_POST words in two paragraphs, different for each seed."""
    choose = random.Random(seed).choice  # noqa: S311 - data, not secrets
    sentences: list[str] = []
    while sum(len(sentence.split()) for sentence in sentences) < WORDS_A_POST - 10:
        sentences.append(
            f"{choose(OPENINGS)}, {choose(SUBJECTS)} {choose(VERBS)} {choose(OBJECTS)} {choose(COMPLEMENTS)} "
            f"{choose(CIRCUMSTANCES)} {choose(DETAILS)}."
        )
    middle = len(sentences) // 2
    return " ".join(sentences[:middle]) + "\n\n" + " ".join(sentences[middle:])


def make_long_text(size: int) -> str:
    """Sections of plain paragraphs, ``size`` bytes in all (a few bytes more or fewer)."""
    text, section = "", 0
    while len(text.encode()) < size:
        section += 1
        text += f"## Article {section}\n\n{make_post(f'terms {section}')}\n\n"
    return text.encode()[:size].decode(errors="ignore").rstrip() + "\n"
